using System.Diagnostics;
using AiDub.Tests.Faults;

namespace AiDub.Tests.EndToEnd;

/// <summary>A setting that cannot work stops the start with one line that says what to change.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class StartTests
{
    [TestCase("AiDub.Api.dll", "Storage__Provider", "Oracle", "Storage:Provider")]
    [TestCase("AiDub.Api.dll", "Dubbing__LeaseSeconds", "2", "Dubbing:LeaseSeconds is '2': it must be between")]
    [TestCase("AiDub.Api.dll", "Workers__Enabled", "perhaps", "Workers:Enabled")]
    [TestCase("AiDub.Api.dll", "AIDUB_DATA", "/dev/null/data", "Data:Directory '/dev/null/data' cannot be written")]
    [TestCase("AiDub.Api.dll", "PATH", "/nowhere", "ffmpeg is not installed: apt-get install ffmpeg")]
    [TestCase("AiDub.Api.dll", "Api__PublicBaseUrl", "dub.example.com", "Api:PublicBaseUrl is not an http or https address")]
    [TestCase("AiDub.Api.dll", "Engines__Translator", "Babelfish", "Babelfish")]
    [TestCase("AiDub.Api.dll", "Storage__Provider", "Mongo", "ConnectionStrings:Mongo is required")]
    [TestCase("AiDub.Api.dll", "ASPNETCORE_ENVIRONMENT", "Production", "nobody would be asked for a token: set Auth:Jwt:Authority or "
        + "Auth:Jwt:SigningKeyFile")]
    [TestCase("AiDub.Api.dll", "Kestrel__Endpoints__Http__Url", "http://0.0.0.0:0", "without Auth:Jwt the service listens on loopback "
        + "only, not on http://0.0.0.0:0")]
    [TestCase("AiDub.Api.dll", "Auth__Jwt__SigningKey", "short", "a signing key of fewer than 32 bytes")]
    [TestCase("AiDub.Api.dll", "Auth__Jwt__SigningKeyFile", "/nowhere/key", "Auth:Jwt:SigningKeyFile cannot be read")]
    [TestCase("AiDub.Api.dll", "Auth__Jwt__Authority", "http://login.example.com", "Auth:Jwt:Authority is not an https address")]
    [TestCase("AiDub.Api.dll", "Auth__Jwt__Audience", "aidub", "neither an Authority nor a SigningKey")]
    [TestCase("AiDub.Api.dll", "TMPDIR", "/proc", "let this user write it, or name another by TMPDIR")]
    [TestCase("AiDub.Api.dll", "urls", "http://127.0.0.1:0/dub", "it is a scheme, a host and a port")]
    [TestCase("AiDub.Api.dll", "urls", "http://127.0.0.1:99999", "an address of Urls names a port above 65535")]
    [TestCase("AiDub.Api.dll", "Logging__LogLevel__Default", "Loud", "a level of Logging:LogLevel cannot be read (Configuration value "
        + "'Loud'")]
    [TestCase("AiDub.Jobs.dll", "Workers__Count", "1", "set Storage:Provider to Mongo")]
    public async Task A_bad_setting_is_one_clear_line(string program, string setting, string value, string said)
    {
        var data = Directory.CreateTempSubdirectory("aidub-start-").FullName;

        var (exit, error) = await StartAsync(program, data, (setting, value));

        Directory.Delete(data, recursive: true);
        Assert.That(exit, Is.EqualTo(78));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1).And.All.StartsWith("aidub: ").And.All.Contain(said));
    }

    [Test]
    public async Task A_data_folder_or_a_port_that_is_in_use_is_not_shared()
    {
        await using var first = new DubServer(("Workers__Cuont", "1"));
        await first.StartAsync();
        Assert.That(first.Log, Does.Contain("There is no setting Workers:Cuont; was Workers:Count meant?"));
        var data = Directory.CreateTempSubdirectory("aidub-start-").FullName;

        var (exit, error) = await StartAsync("AiDub.Api.dll", first.DataFolder);
        var (portExit, portError) = await StartAsync("AiDub.Api.dll", data, ("urls", first.BaseAddress.ToString()));

        Directory.Delete(data, recursive: true);
        Assert.That(exit, Is.EqualTo(78));
        Assert.That(error, Does.Contain("in use by another AiDub process"));
        Assert.That(portExit, Is.EqualTo(78));
        Assert.That(
            portError.Trim().Split('\n'),
            Has.Length.EqualTo(1).And.All.Contain($":{first.BaseAddress.Port}").And.All.Contain("choose another port by --urls"));
    }

    [Test]
    public async Task A_data_folder_that_is_read_only_is_one_line_that_names_it()
    {
        if (!await FullDisk.CanBeMadeAsync())
            Assert.Ignore("No file system can be made here: unshare or mount is refused.");
        await using var first = new DubServer();
        await first.StartAsync();
        await first.StopAsync();
        const string Bound = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" && shift && exec dotnet \"$@\"";
        await using var server = new DubServer("AiDub.Api.dll", first.DataFolder)
        {
            Launcher = ["unshare", "-rm", "sh", "-c", Bound, "sh", first.DataFolder],
        };

        Assert.That(server.StartAsync, Throws.InvalidOperationException);

        Assert.That(
            server.Log.Trim(),
            Is.EqualTo($"aidub: Data:Directory '{first.DataFolder}' cannot be written (its file system is read-only): choose a folder of "
                + "this user's, or give it to them."));
    }

    [TestCase(64)]
    [TestCase(300)]
    public async Task Too_few_files_that_may_be_open_stop_the_start_with_one_line_that_says_so(int files)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AiDub.Api.dll");
        using var process = Process.Start(
            new ProcessStartInfo("sh", ["-c", $"ulimit -n {files} && exec \"$0\" \"$@\"", Dotnet, program, "--urls", "http://127.0.0.1:0"])
            {
                RedirectStandardError = true,
            })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(78), error);
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1).And.All.StartsWith($"aidub: only {files} files may be open"));
    }

    private static async Task<(int Exit, string Error)> StartAsync(
        string program, string data, params (string Name, string Value)[] settings)
    {
        var urls = settings.FirstOrDefault(s => s.Name == "urls").Value ?? "http://127.0.0.1:0";
        var start = new ProcessStartInfo(Dotnet, [Path.Combine(AppContext.BaseDirectory, program), "--urls", urls])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        ShortLife.Of(start);
        start.Environment["AIDUB_DATA"] = data;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            // One that started after all is not left behind.
            process.Kill(entireProcessTree: true);
        }

        Assert.That(await output, Does.Not.Contain("   at "), "no stack is shown");
        return (process.ExitCode, await error);
    }

    // By its path: what is not on the PATH is one of the tests.
    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
}
