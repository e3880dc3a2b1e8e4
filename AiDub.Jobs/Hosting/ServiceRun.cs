using AiDub.Domain.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>Runs a program to its end, and says in one line why it could not start.</summary>
public static class ServiceRun
{
    private const int Misconfigured = 78; // EX_CONFIG of sysexits.h

    /// <summary>Builds and runs; returns the exit code: 0, or 78 when a setting stops the start.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } line)
        {
            await Console.Error.WriteLineAsync($"aidub: {line}");
            return Misconfigured;
        }
    }

    private static string? Explain(Exception error) => error switch
    {
        OptionsValidationException options => string.Join("; ", options.Failures),
        StartRefusedException or DubException => error.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException taken } => taken.Message,
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };
}
