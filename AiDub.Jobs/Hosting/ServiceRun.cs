using AiDub.Jobs.Settings;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Hosting;

/// <summary>Runs a program to its end, and says in one line why it could not start.</summary>
public static class ServiceRun
{
    /// <summary>The exit code of a program that is not configured rightly: EX_CONFIG of sysexits.h.</summary>
    internal const int Misconfigured = 78;

    // SQLite's writer, and Hangfire's calls for submissions and for a worker that takes a dub.
    private const int MostBlocked = 6;

    private static volatile bool _hasStarted;

    /// <summary>
    /// Whether the host's own report of an error is to be logged: that of a start which failed says in a stack what the one line says.
    /// </summary>
    public static bool HasStarted => _hasStarted;

    /// <summary>Builds and runs; returns the exit code: 0, or 78 when it could not start.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        if ((OpenFileLimit.Refusal() ?? ToolFolder.Refusal()) is { } refusal)
        {
            await Console.Error.WriteLineAsync($"aidub: {refusal}");
            return Misconfigured;
        }
        LetNothingWaitForWhatBlocks();
        try
        {
            await using var app = build();
            app.Services.ReviewSettings();
            app.Services.GetRequiredService<DataDirectory>().CheckRights();
            app.Lifetime.ApplicationStarted.Register(() => _hasStarted = true);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (!_hasStarted)
        {
            await Console.Error.WriteLineAsync($"aidub: {StartRefusal.Explain(e)}");
            return Misconfigured;
        }
    }

    // The pool begins with a thread a processor and adds one or two a second: for so long all requests would wait.
    private static void LetNothingWaitForWhatBlocks()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + MostBlocked, ports);
    }
}
