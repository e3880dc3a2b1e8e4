using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AiDub.Domain.Languages;
using AiDub.Domain.Speech;

namespace AiDub.Tests.Jobs.Engines.Espeak;

/// <summary>Every voice of eSpeak NG says something for every sign: its phonemes with the sign are more than those without.</summary>
public sealed class EspeakSignTests
{
    private static readonly string[] Texts =
    [
        "5 ℃ 5", "5 ㎡ 5", "5 m³ 5", "5 ℉ 5", "5 ° 5", "5 № 5", "5 & 5", "5 ~5 5",
        "5 ~ 5", "5 % 5", "5 ‰ 5", "5 § 5", "5 + 5", "5 = 5", "5 @ 5", "5 # 5", "5 / 5",
        "5 € 5", "5 £ 5", "5 $ 5", "5 ¥ 5", "5 × 5", "5 ÷ 5", "5 ² 5", "5 ½ 5", "5 ¼ 5", "5 ¾ 5", "5 ≈ 5 5", "5 ₹ 5",
    ];

    [Test]
    [Category("Long")]
    public async Task No_sign_is_left_out_in_any_language()
    {
        var voices = (await RunAsync(["--voices"], ""))
            .Split('\n')
            .Skip(1)
            .Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(l => l.Length > 4).Select(l => (Language: l[1], File: l[4])).Distinct().ToList();
        Assert.That(voices, Has.Count.GreaterThan(100));
        var silent = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(voices, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (voice, _) =>
        {
            var language = LanguageCode.TryParse(voice.Language, out var code) ? code : voice.Language.Split('-')[0];
            var bare = Texts.Select(t => string.Join(' ', t.Split(' ').Where(w => w == "5"))).ToList();
            var bases = bare.Distinct().ToList();
            var all = await SpeakAsync(voice.File, [.. Texts.Select(t => SpokenText.ToPlain(t, language)), .. bases]);
            for (var i = 0; i < Texts.Length; i++)
            {
                if (all[i] == all[Texts.Length + bases.IndexOf(bare[i])])
                    silent.Add($"{voice.Language}: {Texts[i]}");
            }
        });

        Assert.That(silent.Order(), Is.Empty);
    }

    // A few voices make more or fewer lines than texts; they are given one at a time.
    private static async Task<IReadOnlyList<string>> SpeakAsync(string voice, IReadOnlyList<string> list)
    {
        var lines = (await RunAsync(["-v", voice, "-q", "-x", "--stdin"], string.Concat(list.Select(t => t + ".\n\n"))))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != list.Count)
        {
            lines = new string[list.Count];
            for (var i = 0; i < lines.Length; i++)
                lines[i] = await RunAsync(["-v", voice, "-q", "-x", "--stdin"], list[i] + "\n");
        }
        return [.. lines.Select(l => string.Concat(l.Where(c => char.IsLetterOrDigit(c) || c is '@' or '?' or '&'))).Select(l =>
            l.ToString(CultureInfo.InvariantCulture))];
    }

    private static async Task<string> RunAsync(IEnumerable<string> arguments, string input)
    {
        var start = new ProcessStartInfo("espeak-ng", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, _) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return output;
    }
}
