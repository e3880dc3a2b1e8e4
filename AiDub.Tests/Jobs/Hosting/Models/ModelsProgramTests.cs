using System.Diagnostics;
using AiDub.Jobs.Hosting.Models;
using AiDub.Jobs.Models;

namespace AiDub.Tests.Jobs.Hosting.Models;

/// <summary>What <c>./aidub models</c> says and does, by the program itself.</summary>
public sealed class ModelsProgramTests
{
    private string _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("aidub-models-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [TestCase("")]
    [TestCase("dance")]
    [TestCase("get")]
    [TestCase("remove")]
    [TestCase("get light --to")]
    [TestCase("list --loud")]
    public void A_command_that_means_nothing_is_not_taken(string args) =>
        Assert.That(ModelsCommand.Read(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Is.Null);

    [Test]
    public void A_command_is_read_in_any_order()
    {
        var command = ModelsCommand.Read("get --to es,id light --accept silero-vad --from /stick --renew --to de".Split(' '))!;

        Assert.That(command.Names, Is.EqualTo(new[] { "light", "silero-vad" }));
        Assert.That(command.To, Is.EqualTo(new[] { "es", "id", "de" }));
        Assert.That((command.From, command.Accept, command.Renew), Is.EqualTo(("/stick", true, true)));
    }

    [Test]
    public async Task Without_a_known_verb_it_says_how_it_is_used()
    {
        var (code, said) = await RunAsync("dance");

        Assert.That(code, Is.EqualTo(64));
        Assert.That(said, Does.Contain("./aidub models get"));
    }

    [Test]
    public async Task The_list_says_of_each_model_what_it_is_and_whether_it_is_here()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "silero_vad_v5.onnx"), "");

        var (code, said) = await RunAsync("list", "--to", "id");

        Assert.That(code, Is.Zero);
        Assert.That(said.Split('\n'), Has.Some.Match("^here +silero-vad +speech detection .*MIT"));
        Assert.That(said.Split('\n'), Has.Some.Match("^ +piper-id_ID-news_tts-medium +speech +id +64 MB"));
        Assert.That(said, Does.Not.Contain("piper-es_ES").And.Contain("light: "));
    }

    [Test]
    public async Task A_profile_is_brought_from_a_folder_checked_and_removed()
    {
        var stick = Directory.CreateDirectory(Path.Combine(_folder, "stick")).FullName;
        foreach (var file in ModelCatalogue.Carried.Find("piper-es_ES-davefx-medium")!.Files)
            await File.WriteAllTextAsync(Path.Combine(stick, Path.GetFileName(file.Local)), file.Local);

        var (got, said) = await RunAsync("get", "piper-es_ES-davefx-medium", "--from", stick);
        var (right, ok) = await RunAsync("check");
        await File.AppendAllTextAsync(Path.Combine(_folder, "voices/es_ES-davefx-medium.onnx"), "!");
        var (wrong, changed) = await RunAsync("check");
        var (removed, _) = await RunAsync("remove", "piper-es_ES-davefx-medium");

        Assert.That((got, right, wrong, removed), Is.EqualTo((0, 0, 1, 0)), said);
        Assert.That(said, Does.Contain("[100 %] voices/es_ES-davefx-medium.onnx").And.Contain("is here: a natural voice"));
        Assert.That(ok, Does.Contain("ok    voices/es_ES-davefx-medium.onnx"));
        Assert.That(changed, Does.Contain("fail  voices/es_ES-davefx-medium.onnx changed since it was brought"));
        Assert.That(Directory.GetFiles(Path.Combine(_folder, "voices")), Is.Empty);
    }

    [Test]
    public async Task The_weights_that_the_script_brings_are_checked_too()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "silero_vad_v6.onnx"), "no weights");

        var (code, said) = await RunAsync("check");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(said.Trim(), Is.EqualTo("fail  silero_vad_v6.onnx is not what it should be: delete it and run ./aidub run"));
    }

    [Test]
    public async Task Where_no_model_is_the_check_says_so() =>
        Assert.That(await RunAsync("check"), Is.EqualTo((0, $"there is nothing to check in {_folder}{Environment.NewLine}")));

    [TestCase("get", "nothing", "there is no model nothing")]
    [TestCase("get light --to", "klingonish", "klingonish is no language")]
    [TestCase("get", "gemma-3-4b", "--accept")]
    [TestCase("get silero-vad --from", "/nowhere", "there is no silero_vad_v5.onnx in /nowhere")]
    public async Task What_cannot_be_had_is_told_in_a_line(string args, string last, string said)
    {
        var (code, output) = await RunAsync([.. args.Split(' '), last]);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain(said).And.Not.Contain("   at "));
    }

    [Test]
    public async Task Without_a_folder_it_says_what_to_set()
    {
        var (code, output) = await RunInAsync(null, "check");

        Assert.That((code, output.Trim()), Is.EqualTo((1, "aidub: set AIDUB_MODELS to the folder that models are kept in")));
    }

    private Task<(int Code, string Said)> RunAsync(params string[] args) => RunInAsync(_folder, args);

    private static async Task<(int Code, string Said)> RunInAsync(string? folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ModelFolder).Assembly.Location, "models", .. args])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[ModelFolder.Variable] = folder;
        using var program = Process.Start(start)!;
        var said = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, said);
    }
}
