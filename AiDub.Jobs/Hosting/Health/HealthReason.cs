using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiDub.Jobs.Hosting.Health;

/// <summary>Why a process is not ready.</summary>
/// <param name="Msg">For a person.</param>
/// <param name="Code">For a program: stable snake_case.</param>
public sealed record HealthReason(string Msg, string Code)
{
    private const string Field = "reason";

    /// <summary>The engines have not said yet what they can do.</summary>
    public static HealthReason Engines { get; } = new("the engines are being prepared", "engines_preparing");

    /// <summary>What the first requests need is not there yet.</summary>
    public static HealthReason Requests { get; } = new("what the first requests need is being prepared", "requests_preparing");

    /// <summary>What the first dub needs is not there yet.</summary>
    public static HealthReason Dubs { get; } = new("what the first dub needs is being prepared", "dubs_preparing");

    /// <summary>Something does not answer, or answers what it should not.</summary>
    public static HealthReason Unreachable(string name) => new($"{name} not reachable", $"{name}_unreachable");

    /// <summary>What an error of the data folder's file system tells of; one that was broken off: nothing answered in time.</summary>
    public static HealthReason OfFolder(Exception error) => error switch
    {
        OperationCanceledException => new("the disk of the data folder does not answer", "storage_unreachable"),
        TransientDubException => new("no room left on the disk", "storage_full"),
        _ when NoSpaceLeft.Is(error) => new("no room left on the disk", "storage_full"),
        _ => new("the data folder is gone or cannot be written", "storage_unwritable"),
    };

    /// <summary>The reason of a check that did not pass.</summary>
    public static HealthReason Of(string name, HealthReportEntry entry) =>
        entry.Data.GetValueOrDefault(Field) as HealthReason ?? Unreachable(name);

    /// <summary>The result of a check that did not pass.</summary>
    internal HealthCheckResult As(HealthStatus status, Exception? error = null) =>
        new(status, Msg, error, new Dictionary<string, object> { [Field] = this });
}
