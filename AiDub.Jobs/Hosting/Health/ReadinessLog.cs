using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Hosting.Health;

/// <summary>
/// Says in one line that something became the reason for a process not to be ready, and in one that it no longer is, however often it is
/// asked. That something is being prepared is told to whoever asks, and is nothing to warn of.
/// </summary>
public sealed class ReadinessLog(ILogger<ReadinessLog> log)
{
    private readonly Lock _turn = new();
    private readonly HashSet<HealthReason> _told = [];

    /// <summary>Notes what was found.</summary>
    public void Note(HealthReport report)
    {
        var failed = report.Entries.Where(entry => entry.Value.Status == HealthStatus.Unhealthy)
            .ToLookup(entry => HealthReason.Of(entry.Key, entry.Value), entry => entry.Value.Exception);
        lock (_turn)
        {
            foreach (var reason in failed.Where(reason => _told.Add(reason.Key)))
            {
                // What nobody foresaw has a cause that says more; its stack is told to who looks for it.
                var cause = reason.OfType<Exception>().FirstOrDefault();
                log.LogWarning("Not ready: {Reason}.{Cause}", reason.Key.Msg, Said(cause));
                if (cause is not null)
                    log.LogDebug(cause, "Why it is not ready: {Reason}.", reason.Key.Msg);
            }
            foreach (var over in _told.Where(reason => !failed.Contains(reason)).ToList())
            {
                _told.Remove(over);
                log.LogInformation("It is over: {Reason}.", over.Msg);
            }
        }
    }

    private static string Said(Exception? cause) =>
        cause is null ? "" : $" {cause.GetType().Name}: {cause.Message}".ReplaceLineEndings(" ");
}
