using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Outages;

/// <summary>Logs what could not be done.</summary>
internal static class OutageLog
{
    /// <summary>
    /// A warning with its cause, or a line without a stack where something is away: that is said once, by who watches it.
    /// </summary>
    public static void LogNotDone(this ILogger log, Exception cause, string message)
    {
        if (OutageRules.Of(cause) is { } outage)
            log.LogDebug("{Message} {Reason}", message, outage.Message);
        else
            log.LogWarning(cause, "{Message}", message);
    }
}
