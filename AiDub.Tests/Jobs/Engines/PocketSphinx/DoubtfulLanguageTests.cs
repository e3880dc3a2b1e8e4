using AiDub.Domain.Ports;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Tools;
using AiDub.Tests.Jobs.Media;

namespace AiDub.Tests.Jobs.Engines.PocketSphinx;

/// <summary>Speech that PocketSphinx does not know is doubted, English is not; a table says how well the two are told apart.</summary>
[Category("Long")]
public sealed class DoubtfulLanguageTests
{
    private static readonly (string Voice, string Text)[] Foreign =
    [
        ("de", "Guten Morgen, meine Damen und Herren. Heute sprechen wir über die Geschichte der Stadt und ihre alten Brücken."),
        ("es", "Buenos días a todos. Hoy vamos a hablar de la historia de la ciudad y de sus puentes antiguos."),
        ("fr", "Bonjour à tous. Aujourd'hui nous allons parler de l'histoire de la ville et de ses vieux ponts."),
        ("it", "Buongiorno a tutti. Oggi parliamo della storia della città e dei suoi vecchi ponti."),
        ("pt-br", "Bom dia a todos. Hoje vamos falar sobre a história da cidade e das suas pontes antigas."),
        ("ja", "おはようございます。きょうはとてもいいてんきですね。わたしたちはまちのれきしについてはなします。"),
        ("cmn", "大家早上好。今天我们来谈谈这座城市的历史和它的老桥。很多人在那里住了很久。"),
        ("ru", "Доброе утро всем. Сегодня мы поговорим об истории города и его старых мостах."),
        ("id", "Selamat pagi semuanya. Hari ini kita akan berbicara tentang sejarah kota dan jembatan tuanya."),
        ("tr", "Herkese günaydın. Bugün şehrin tarihi ve eski köprüleri hakkında konuşacağız."),
    ];

    private const string English = "Good morning everyone. Today we are going to talk about the history of the city and its old bridges.";

    private EngineHost _host = null!;

    [OneTimeSetUp]
    public void Start() => _host = new EngineHost();

    [OneTimeTearDown]
    public void Stop() => _host.Dispose();

    [Test]
    public async Task Other_languages_are_doubted_and_English_is_not()
    {
        var person = Recordings.ReadByAPerson().Samples[..(12 * Recordings.Rate)];
        var music = Recordings.Music(person.Length / (double)Recordings.Rate).Select(s => (short)(s / 16)).ToArray();
        var noise = Recordings.Noise(person.Length / (double)Recordings.Rate, 300);
        var english = new List<(string Name, short[] Sound)>
        {
            ("a person", person), ("a person, noise", Mixed(person, noise)), ("a person, music", Mixed(person, music)),
            ("Flite rms", await Recordings.SpokenAsync(_host, English)),
        };
        foreach (var voice in (string[])["slt", "awb", "kal16"])
            english.Add(($"Flite {voice}", await MadeAsync($"flite=voice={voice}:text='{English}'")));
        var foreign = new List<(string Name, short[] Sound)>();
        foreach (var (voice, text) in Foreign)
            foreign.Add(($"eSpeak NG {voice}", await SpokenAsync(voice, text)));

        var alarms = await CountAsync(english);
        var found = await CountAsync(foreign);

        TestContext.Out.WriteLine($"{alarms} of {english.Count} false alarms, {foreign.Count - found} of {foreign.Count} missed");
        Assert.That(alarms, Is.Zero);
        Assert.That(found, Is.GreaterThanOrEqualTo(foreign.Count - 1));
    }

    private async Task<int> CountAsync(List<(string Name, short[] Sound)> sounds)
    {
        var count = 0;
        foreach (var (name, sound) in sounds)
        {
            var path = await Recordings.WriteAsync(_host, sound);
            var heard = await _host.Get<IRecognizer>(e => e.Name == "PocketSphinx")
                .RecognizeAsync(new RecognitionRequest(path, null, _host.Folder), new NoProgress(), default);
            // What yields no words at all is not passed off as English either.
            var isDoubted = heard.IsDoubtful || heard.Segments.Count == 0;
            count += isDoubted ? 1 : 0;
            TestContext.Out.WriteLine(
                $"{name,-18} {(isDoubted ? "doubted" : "taken"),-8} {string.Join(' ', heard.Segments.Select(s => s.Text))}");
        }
        return count;
    }

    private async Task<short[]> SpokenAsync(string voice, string text)
    {
        var wav = _host.PathOf($"{voice}.wav");
        await new ToolRunner(TimeProvider.System).RunAsync(
            new ToolCommand("espeak-ng", ["-v", voice, "-w", wav, text], _host.Folder), default);
        return await ReadAsync(["-i", wav]);
    }

    private Task<short[]> MadeAsync(string filter) => ReadAsync(["-f", "lavfi", "-i", filter]);

    private async Task<short[]> ReadAsync(string[] input)
    {
        var wav = _host.PathOf($"{Guid.NewGuid():N}.wav");
        await new ToolRunner(TimeProvider.System).RunAsync(
            new ToolCommand(
                "ffmpeg",
                ["-v", "error", "-nostdin", .. input, "-ar", "16000", "-ac", "1", "-c:a", "pcm_s16le", wav],
                _host.Folder), default);
        return WavFile.Read(wav).Samples;
    }

    private static short[] Mixed(short[] a, short[] b) => [.. a.Zip(b, (x, y) => (short)Math.Clamp(x + y, short.MinValue, short.MaxValue))];
}
