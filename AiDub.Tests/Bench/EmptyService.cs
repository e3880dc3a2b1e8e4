using System.Diagnostics;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Bench;

/// <summary>
/// A service that does nothing: what Kestrel costs by itself, in a process of its own that is compiled and collects as the service does.
/// </summary>
internal sealed class EmptyService : IAsyncDisposable
{
    /// <summary>What the program of the tests is told in order to be it; then its address.</summary>
    public const string Word = "empty";

    private readonly Process _process;

    private EmptyService(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Its one endpoint, which takes a POST.</summary>
    public Uri Address { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<EmptyService> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(EmptyService).Assembly.Location, Word, address.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        (start.Environment["DOTNET_TieredPGO"], start.Environment["DOTNET_gcServer"]) = ("1", "1");
        var process = Process.Start(start)!;
        await process.StandardOutput.ReadLineAsync();
        return new EmptyService(process, address);
    }

    /// <summary>Runs as such a process.</summary>
    public static async Task<int> RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        app.MapPost("/", () => "{}");
        await app.StartAsync();
        await Console.Out.WriteLineAsync("It answers.");
        // Whoever started it ends it, also by ending.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
