using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AiDub.Jobs.Hosting.Doctor;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Hosting.Doctor;

/// <summary>The doctor on this very machine.</summary>
public sealed class DoctorTests
{
    private TestData _data = null!;

    [SetUp]
    public void Open() => _data = new TestData();

    [TearDown]
    public void Close()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    [Test]
    public async Task Where_all_is_well_nothing_fails_and_every_room_is_named()
    {
        var (exit, lines) = await RunAsync();

        Assert.That(exit, Is.Zero, string.Join('\n', lines));
        Assert.That(lines, Has.All.Match("^(ok  |warn)  "));
        foreach (var what in (string[])["ffmpeg", "ffprobe", "PocketSphinx", "Apertium", "Espeak", "languages", "data folder", "records",
            "objects", "port", "auth", "sources", "clock"])
            Assert.That(lines, Has.Some.Match($"^(ok  |warn)  {what} "), what);
        Assert.That(lines.Single(l => l.Contains("ffmpeg ")), Does.Match(@"\d+\.\d+ at /"));
    }

    [TestCase("Objects:Provider", "S4")]
    [TestCase("Data:MinFreeBytes", "much")]
    public async Task A_value_that_cannot_be_read_is_told_and_everything_else_looked_at(string setting, string value)
    {
        var (exit, lines) = await RunAsync($"--{setting}={value}");

        Assert.That(exit, Is.EqualTo(1));
        Assert.That(lines, Has.Some.Match($"^fail  settings +{setting} is '{value}', which is not "));
        Assert.That(lines, Has.All.Match("^(ok  |warn|fail)  ").And.Some.Match("^ok    ffmpeg "));
    }

    [Test]
    public async Task It_leaves_nothing_in_the_object_store()
    {
        await RunAsync();

        Assert.That(Directory.EnumerateFiles(_data.Root, "*doctor*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task A_tool_that_is_missing_is_told_with_the_package_that_has_it()
    {
        var bin = Directory.CreateDirectory(Path.Combine(_data.Root, "bin")).FullName;
        foreach (var tool in (string[])["dotnet", "ffprobe", "apertium", "pocketsphinx_batch", "flite"])
            File.CreateSymbolicLink(Path.Combine(bin, tool), await WhichAsync(tool));

        var (exit, output) = await RunProgramAsync("--json", ("PATH", bin));

        var findings = JsonDocument.Parse(output).RootElement;
        Assert.That((exit, findings.GetProperty("ok").GetBoolean()), Is.EqualTo((1, false)));
        var missing = findings.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("what").GetString() == "ffmpeg");
        Assert.That(missing.GetProperty("verdict").GetString(), Is.EqualTo("fail"));
        Assert.That(missing.GetProperty("advice").GetString(), Is.EqualTo("apt-get install ffmpeg"));
    }

    [Test]
    public async Task A_MongoDB_that_does_not_answer_is_named_without_its_password()
    {
        var port = FreePort.Next();

        var (exit, lines) = await RunAsync(
            "--Storage:Provider=Mongo", $"--ConnectionStrings:Mongo=mongodb://me:hush@127.0.0.1:{port}/?serverSelectionTimeoutMS=300");

        Assert.That(exit, Is.EqualTo(1));
        var records = lines.Single(l => l.StartsWith("fail", StringComparison.Ordinal));
        Assert.That(
            records, Does.Contain("records").And.Contain($"127.0.0.1:{port} did not answer").And.Contain("ConnectionStrings:Mongo"));
        Assert.That(string.Concat(lines), Does.Not.Contain("hush"));
    }

    [Test]
    public async Task What_cannot_be_looked_at_for_a_wrong_setting_sends_nobody_elsewhere()
    {
        var (exit, lines) = await RunAsync("--Objects:Provider=S3", "--Objects:S3:Bucket=A_B");

        Assert.That(exit, Is.EqualTo(1));
        var failed = lines.Where(l => l.StartsWith("fail", StringComparison.Ordinal)).ToList();
        Assert.That(failed, Has.Some.StartsWith("fail  settings").And.All.Contain("Objects:S3"));
        Assert.That(
            failed.Where(l => !l.StartsWith("fail  settings", StringComparison.Ordinal)),
            Is.Not.Empty.And.All.EndsWith("-> see the settings"));
    }

    [Test]
    public async Task A_MongoDB_that_answers_is_looked_at_with_its_clock()
    {
        await using var database = (await MongoServer.SharedAsync()).NewDatabase();

        var (exit, lines) = await RunAsync([.. database.Environment.Select(s => $"--{s.Name.Replace("__", ":")}={s.Value}")]);

        Assert.That(exit, Is.Zero, string.Join('\n', lines));
        Assert.That(lines, Has.Some.Match("^(ok  |warn)  records +MongoDB"));
    }

    [Test]
    public async Task A_data_folder_that_cannot_be_written_to_fails()
    {
        // Not by permissions: they do not stop root.
        var file = _data.Write("a-file", "");

        var (exit, lines) = await RunAsync($"--Data:Directory={file}/data");

        Assert.That(exit, Is.EqualTo(1));
        Assert.That(lines, Has.Some.Match("^fail  data folder .* -> .*AIDUB_DATA"));
    }

    [Test]
    public async Task An_engine_whose_key_is_wrong_fails_and_the_key_is_not_repeated()
    {
        await using var server = await ClipServer.StartAsync();
        server.On("v1/models", context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            return Task.CompletedTask;
        });

        var (exit, lines) = await RunAsync(
            "--Engines:Translator=OpenAiTranslator,Apertium",
            $"--Engines:OpenAi:BaseUrl=http://127.0.0.1:{server.Port}/v1", "--Engines:OpenAi:ApiKey=sk-hush");

        Assert.That(exit, Is.EqualTo(1));
        Assert.That(
            lines, Has.Some.Match("^fail  OpenAiTranslator +translator: .*refused the service's key .* -> .*Engines:OpenAiTranslator"));
        Assert.That(string.Concat(lines), Does.Not.Contain("hush"));
    }

    [Test]
    public async Task A_port_that_another_program_has_fails_and_one_that_AiDub_has_does_not()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var ours = await ClipServer.StartAsync();
        ours.On("health/live", async context => await context.Response.Body.WriteAsync("{\"status\":200}"u8.ToArray()));

        var (_, lines) = await RunAsync($"--urls=http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port};http://127.0.0.1:{ours.Port}");

        Assert.That(
            lines.Where(l => l.Contains("  port ")),
            Is.EqualTo(new[] { "fail", "ok  " }).Using<string,
            string>((line, start) => line.StartsWith(start)));
    }

    [TestCase("--Dubbing:LeaseSeconds=2", "LeaseSeconds")]
    [TestCase("--Storage:Provider=Oracle", "Storage:Provider must be")]
    [TestCase("--Engines:Translator=Babelfish", "names 'Babelfish'")]
    public async Task A_setting_that_stops_the_start_fails(string setting, string said)
    {
        var (exit, lines) = await RunAsync(setting);

        Assert.That(exit, Is.EqualTo(1));
        Assert.That(lines, Has.Some.StartsWith("fail").And.Some.Contains(said));
    }

    [Test]
    public async Task A_folder_in_the_place_of_the_database_is_told_as_the_service_tells_it()
    {
        Directory.CreateDirectory(Path.Combine(_data.Root, "aidub.db"));

        var (exit, lines) = await RunAsync();

        Assert.That(exit, Is.EqualTo(1));
        Assert.That(lines, Has.Some.Match("^fail  records +the database aidub.db in Data:Directory cannot be opened"));
    }

    private async Task<(int Exit, string[] Lines)> RunAsync(params string[] settings)
    {
        using var output = new StringWriter();
        var exit = await DoctorProgram.RunAsync(
            [$"--Data:Directory={_data.Root}", "--urls=http://127.0.0.1:0", .. settings], output, default);
        return (exit, output.ToString().TrimEnd().Split('\n'));
    }

    private async Task<(int Exit, string Output)> RunProgramAsync(string argument, (string Name, string Value) variable)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AiDub.Jobs.dll");
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [program, "doctor", "--urls=http://127.0.0.1:0", argument])
        { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "dotnet")
            start.FileName = await WhichAsync("dotnet");
        start.Environment["AIDUB_DATA"] = _data.Root;
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output);
    }

    private static async Task<string> WhichAsync(string tool)
    {
        using var which = Process.Start(new ProcessStartInfo("which", [tool]) { RedirectStandardOutput = true })!;
        return (await which.StandardOutput.ReadToEndAsync()).Trim();
    }
}
