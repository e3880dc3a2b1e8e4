using System.Diagnostics;
using MongoDB.Driver;

namespace AiDub.Tests.StandIns;

/// <summary>
/// The MongoDB that tests use: the one that <c>AIDUB_TEST_MONGO</c> names (a connection string), else a stand-in, a process on a free
/// loopback port that ends with this one.
/// </summary>
internal sealed class MongoServer : IAsyncDisposable
{
    private static readonly Lazy<Task<MongoServer>> One = new(StartAsync);

    private readonly Process? _process;

    private MongoServer(string connectionString, Process? process) => (ConnectionString, _process) = (connectionString, process);

    public string ConnectionString { get; }

    /// <summary>The process of the stand-in; null when a real server is used.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>The one that tests share; every test takes a database of its own.</summary>
    public static Task<MongoServer> SharedAsync() => One.Value;

    /// <summary>One that is not shared, unless a real one is named.</summary>
    public static async Task<MongoServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("AIDUB_TEST_MONGO") is { Length: > 0 } named)
        {
            await TestContext.Progress.WriteLineAsync($"MongoDB: the server {MongoUrl.Create(named).Server} that AIDUB_TEST_MONGO names");
            return new MongoServer(named, process: null);
        }

        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "StandIns", "mongo_standin.py"));
        var process = Process.Start(start)!;
        var port = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The MongoDB stand-in did not start; it needs python3-mockupdb and python3-mongomock.");
        await TestContext.Progress.WriteLineAsync($"MongoDB: the stand-in on port {port} (set AIDUB_TEST_MONGO to use a real one)");
        return new MongoServer($"mongodb://127.0.0.1:{port}/?directConnection=true", process);
    }

    /// <summary>A new database, dropped when it is disposed.</summary>
    public MongoTestDatabase NewDatabase() => new(ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
