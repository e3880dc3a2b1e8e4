using System.Globalization;
using System.Text.RegularExpressions;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Bench;

/// <summary>Posts one body over 16 connections for a few seconds, by <c>wrk</c>.</summary>
/// <param name="folder">Where its script may lie.</param>
internal sealed partial class HttpLoad(string folder)
{
    private const string Seconds = "3s";

    /// <summary>Posts, and tells what was measured; every answer has to be a good one.</summary>
    public async Task<Measured> PostAsync(string address, string body)
    {
        var script = Path.Combine(folder, "post.lua");
        await File.WriteAllTextAsync(
            script, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '{body}'\n");
        var said = await Tool.RunAsync("wrk", "-t1", "-c16", "-d", Seconds, "--latency", "-s", script, address);
        Assert.That(said, Does.Not.Contain("Non-2xx"));
        var (value, unit) = (P99().Match(said).Groups[1].Value, P99().Match(said).Groups[2].Value);
        return new Measured(Number(PerSecond().Match(said).Groups[1].Value), Number(value) * Milliseconds(unit));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Milliseconds(string unit) => unit switch
    {
        "us" => 0.001,
        "ms" => 1,
        _ => 1000,
    };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();

    /// <summary>What was measured.</summary>
    /// <param name="PerSecond">Requests a second.</param>
    /// <param name="P99">The time within which 99 of 100 were answered, in ms.</param>
    internal sealed record Measured(double PerSecond, double P99)
    {
        /// <summary>Nothing yet.</summary>
        public static Measured None { get; } = new(0, double.PositiveInfinity);

        /// <summary>The better of both, each for itself.</summary>
        public Measured Better(Measured other) => new(Math.Max(PerSecond, other.PerSecond), Math.Min(P99, other.P99));
    }
}
