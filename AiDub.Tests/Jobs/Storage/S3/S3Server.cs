using System.Collections.Concurrent;
using System.Diagnostics;
using AiDub.Jobs.Storage.S3;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>
/// The S3 server that tests run against: the one that <c>AIDUB_TEST_S3</c> names
/// (<c>https://ACCESSKEY:SECRET@host:port/bucket?region=R&amp;ca=FILE</c>, all but host and bucket optional), or s3rver over TLS.
/// </summary>
internal sealed class S3Server : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly int _port;
    private readonly ConcurrentQueue<string> _asked = [];
    private Process? _process;

    private S3Server(Dictionary<string, string> settings, string? folder, int port) =>
        (Settings, _folder, _port) = (settings, folder, port);

    /// <summary>The settings of <c>Objects:S3</c>, as environment variables name them, without their section.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <summary>The bucket that objects are kept in.</summary>
    public string Bucket => Settings["Bucket"];

    /// <summary>The requests that a stand-in was sent, as method, path and query.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>A bucket that sources lie in; on a real server the same.</summary>
    public string SourceBucket => _folder is null ? Bucket : "aidub-sources";

    /// <summary>The server of <c>AIDUB_TEST_S3</c>, or else a stand-in.</summary>
    public static async Task<S3Server> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("AIDUB_TEST_S3") is not { Length: > 0 } named)
            return await StartStandInAsync();
        var address = new Uri(named);
        await TestContext.Progress.WriteLineAsync(
            $"S3 tests use {address.Scheme}://{address.Authority}{address.AbsolutePath} (AIDUB_TEST_S3).");
        return new S3Server(Named(address), null, 0);
    }

    /// <summary>A stand-in, whatever the environment names: for tests that stop it, or that want it over plain HTTP.</summary>
    public static async Task<S3Server> StartStandInAsync(bool isPlain = false)
    {
        var folder = Directory.CreateTempSubdirectory("aidub-s3-").FullName;
        var (certificate, _) = TestCertificate.Write(folder);
        var port = FreePort.Next();
        var server = new S3Server(
            new Dictionary<string, string>
            {
                ["ServiceUrl"] = $"{(isPlain ? "http" : "https")}://localhost:{port}",
                ["Bucket"] = "aidub-objects",
                ["AccessKey"] = "S3RVER",
                ["SecretKey"] = "S3RVER",
                ["TrustedCertificateFile"] = certificate,
            },
            folder,
            port);
        await server.StartAgainAsync();
        await TestContext.Progress.WriteLineAsync($"S3 tests use s3rver over {(isPlain ? "plain HTTP" : "TLS")}.");
        return server;
    }

    /// <summary>Starts a stand-in that was stopped, with what it holds.</summary>
    public async Task StartAgainAsync()
    {
        var root = RepositoryRoot();
        var modules = Path.Combine(root, ".tools", "s3", "node_modules");
        Assert.That(
            Directory.Exists(Path.Combine(modules, "s3rver")),
            Is.True,
            "s3rver is not installed: run ./aidub test once, or set AIDUB_TEST_S3.");
        var objects = Directory.CreateDirectory(Path.Combine(_folder!, "objects")).FullName;
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            "--openssl-legacy-provider", Path.Combine(root, "AiDub.Tests", "StandIns", "s3", "server.js"), objects, $"{_port}",
            Pem("key.pem"), Pem("certificate.pem"), Bucket, SourceBucket,
        })
            start.ArgumentList.Add(argument);
        start.Environment["NODE_PATH"] = modules;
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        while (await _process.StandardOutput.ReadLineAsync() is var line && line?.StartsWith("ready ", StringComparison.Ordinal) != true)
        {
            if (line is null)
                Assert.Fail($"The S3 stand-in did not start:\n{await errors}");
        }
        _ = RecordAsync(_process.StandardOutput);
    }

    private async Task RecordAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
            _asked.Enqueue(Uri.UnescapeDataString(line["asked ".Length..]));
    }

    private string Pem(string name) =>
        Settings["ServiceUrl"].StartsWith("http:", StringComparison.Ordinal) ? "-" : Path.Combine(_folder!, name);

    /// <summary>kill -9 of a stand-in.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The settings of <c>Objects:S3</c> as variables of a process.</summary>
    public (string Name, string Value)[] Variables() => [.. Settings.Select(s => ($"Objects__S3__{s.Key}", s.Value))];

    /// <summary>Options that name the server.</summary>
    public S3Options Options() => new()
    {
        ServiceUrl = Settings["ServiceUrl"],
        Bucket = Bucket,
        Region = Settings.GetValueOrDefault("Region"),
        AccessKey = Settings.GetValueOrDefault("AccessKey"),
        SecretKey = Settings.GetValueOrDefault("SecretKey"),
        TrustedCertificateFile = Settings.GetValueOrDefault("TrustedCertificateFile"),
        PartSizeBytes = 5 << 20,
    };

    /// <summary>A client that trusts the server's certificate, as a browser does whose owner has installed it.</summary>
    public HttpClient Browser()
    {
        var clients = new S3HttpClients(Options());
        return clients.CreateHttpClient(new Amazon.S3.AmazonS3Config());
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string> Named(Uri address)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        var user = address.UserInfo.Split(':', 2);
        var settings = new Dictionary<string, string?>
        {
            ["ServiceUrl"] = $"{address.Scheme}://{address.Authority}",
            ["Bucket"] = address.AbsolutePath.Trim('/'),
            ["Region"] = query["region"],
            ["TrustedCertificateFile"] = query["ca"],
            ["AccessKey"] = user.Length == 2 ? Uri.UnescapeDataString(user[0]) : null,
            ["SecretKey"] = user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null,
        };
        return settings.Where(s => !string.IsNullOrEmpty(s.Value)).ToDictionary(s => s.Key, s => s.Value!);
    }

    private static string RepositoryRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AiDub.sln")))
                return folder;
        }

        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
