using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>What a span is said to have failed of: a name that stays the same however the code is written.</summary>
internal static class FaultName
{
    /// <summary>
    /// The code of a failure, or <c>superseded</c>, <c>stopped</c>, <c>records_unavailable</c>, <c>objects_unavailable</c>,
    /// <c>engine_unavailable</c>, <c>storage_full</c>, <c>tool_timeout</c>, <c>tool_killed</c>, <c>tool_failed</c>, <c>transient</c>; and
    /// <c>_OTHER</c>, as the conventions of OpenTelemetry have it, for what nobody foresaw.
    /// </summary>
    public static string Of(Exception error) => error switch
    {
        PermanentDubException { Code: var code } => code.Value,
        SupersededException => "superseded",
        OperationCanceledException => "stopped",
        _ when OutageRules.Of(error) is { } outage =>
            outage.What == Dependency.Storage ? FailureCode.StorageFull.Value : $"{outage.Word}_unavailable",
        ToolFailedException failed => failed.FaultName,
        TransientDubException => "transient",
        _ => "_OTHER",
    };
}
