using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines.Apertium.Pairs;

/// <summary>
/// Compiles our own English–Indonesian pair: Debian's English analyser and tagger, a dictionary made of our tables and Debian's FreeDict,
/// and our transfer rules. What it compiles is kept in a folder named for its inputs, so it is done once a machine and again when an input
/// changes.
/// </summary>
internal sealed class PairCompiler(ToolRunner tools, ApertiumOptions options, ILogger log)
{
    private const string Pair = "eng-ind";
    private const string Dictionary = "freedict-eng-ind";
    private static readonly string[] Tools = ["lt-comp", "lt-append", "cg-comp", "cg-proc", "lsx-proc", "apertium-preprocess-transfer"];
    private static readonly string[] Transfer = ["t1x", "t2x", "t3x"];

    private static string Sources => Path.Combine(AppContext.BaseDirectory, "Engines", "Apertium", "Pairs", Pair);

    private string Analyser => Path.Combine(options.DataDirectory, "apertium-eng-spa");

    /// <summary>The folder of the compiled pair, for <c>apertium -d</c>; null when a package that it is made of is not installed.</summary>
    /// <exception cref="ToolFailedException">A tool refused an input.</exception>
    public async Task<string?> CompileAsync(CancellationToken ct)
    {
        string[] inputs =
        [
            .. Directory.GetFiles(Sources).Order(StringComparer.Ordinal),
            Path.Combine(Analyser, "eng-spa.automorf.bin"), Path.Combine(Analyser, "eng-spa.prob"),
            Path.Combine(options.DictionaryDirectory, Dictionary + ".index"),
            Path.Combine(options.DictionaryDirectory, Dictionary + ".dict.dz"),
        ];
        var missing = inputs.Where(f => !File.Exists(f)).Concat(Tools.Where(t => !InstalledTool.IsThere(t))).ToList();
        if (missing.Count > 0)
        {
            log.LogInformation(
                "English is not translated into Indonesian by Apertium: {Missing} not installed.", string.Join(", ", missing));
            return null;
        }
        var folder = Path.Combine(options.CompiledDirectory, $"{Pair}-{await DigestAsync(inputs, ct)}");
        if (Directory.Exists(folder))
            return folder;
        Directory.CreateDirectory(options.CompiledDirectory);
        var part = Directory.CreateDirectory($"{folder}.{Guid.NewGuid():N}").FullName;
        try
        {
            await CompileAsync(part, folder, ct);
            Move(part, folder);
        }
        finally
        {
            if (Directory.Exists(part))
                Directory.Delete(part, recursive: true);
        }
        return folder;
    }

    // Another process may have been faster; its folder is the same.
    private static void Move(string part, string folder)
    {
        try
        {
            Directory.Move(part, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
        }
    }

    private async Task CompileAsync(string part, string folder, CancellationToken ct)
    {
        var lexicon = PairLexicon.Build(
            await File.ReadAllLinesAsync(
                Path.Combine(Sources, "words.tsv"), ct), await File.ReadAllLinesAsync(Path.Combine(Sources, "verbs.tsv"), ct),
            await Freedict.ReadAsync(options.DictionaryDirectory, Dictionary, ct));
        var transfer = Transfer.Select(t => XDocument.Load(Path.Combine(Sources, $"{Pair}.{t}"))).ToList();
        await Task.WhenAll(
            ComposeAsync("autobil", PairDictionaries.Bilingual(lexicon)),
            ComposeAsync("autogen", PairDictionaries.Generator(lexicon, transfer), "rl"),
            ComposeAsync("autosep", PairDictionaries.Separable(lexicon)),
            ComposeAsync("phrases", PairDictionaries.Phrases(lexicon)));
        await RunAsync("lt-append", Path.Combine(Analyser, "eng-spa.automorf.bin"), $"{Pair}.phrases.bin", $"{Pair}.automorf.bin");
        await RunAsync("cg-comp", Path.Combine(Sources, $"{Pair}.rlx"), $"{Pair}.rlx.bin");
        foreach (var stage in Transfer)
        {
            File.Copy(Path.Combine(Sources, $"{Pair}.{stage}"), Path.Combine(part, $"{Pair}.{stage}"));
            await RunAsync("apertium-preprocess-transfer", $"{Pair}.{stage}", $"{Pair}.{stage}.bin");
        }
        var mode = await File.ReadAllTextAsync(Path.Combine(Sources, $"{Pair}.mode"), ct);
        Directory.CreateDirectory(Path.Combine(part, "modes"));
        await File.WriteAllTextAsync(
            Path.Combine(part, "modes", $"{Pair}.mode"),
            mode.Replace("{pair}", Quoted(folder)).Replace("{analyser}", Quoted(Analyser)),
            ct);

        async Task ComposeAsync(string name, XDocument dictionary, string direction = "lr")
        {
            var source = $"{Pair}.{name}.dix";
            await File.WriteAllTextAsync(Path.Combine(part, source), dictionary.ToString(SaveOptions.DisableFormatting), ct);
            await RunAsync("lt-comp", direction, source, $"{Pair}.{name}.bin");
        }

        Task RunAsync(string tool, params string[] arguments) =>
            tools.RunAsync(new ToolCommand(tool, arguments, part) { Environment = ApertiumTranslator.Utf8 }, ct);
    }

    // The mode is a shell command in which the folders stand between apostrophes.
    private static string Quoted(string folder) => folder.Replace("'", @"'\''");

    private async Task<string> DigestAsync(IEnumerable<string> files, CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The program that makes the dictionaries and the folders that the mode names are inputs too.
        digest.AppendData(typeof(PairCompiler).Module.ModuleVersionId.ToByteArray());
        digest.AppendData(Encoding.UTF8.GetBytes($"{options.CompiledDirectory}\n{Analyser}"));
        foreach (var file in files)
            digest.AppendData(await File.ReadAllBytesAsync(file, ct));
        return Convert.ToHexStringLower(digest.GetHashAndReset())[..16];
    }
}
