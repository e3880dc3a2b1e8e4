using AiDub.Domain.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines;

/// <summary>
/// Asks the engines once, as the process starts, for the languages that they can do: what has to be compiled or looked up for that, and
/// what is asked of a server, is done before the first submission needs it. It holds nothing up; readiness waits for it.
/// </summary>
public sealed class EnginePreparation(LanguageSupport languages, TimeProvider clock, ILogger<EnginePreparation> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends once every engine has said what it can do.</summary>
    public Task Prepared => _prepared.Task;

    /// <summary>Whether every engine has said what it can do.</summary>
    public bool IsDone => _prepared.Task.IsCompleted;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await languages.TargetsAsync(null, stoppingToken);
                await languages.SpokenAsync(stoppingToken);
                _prepared.TrySetResult();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (pause == FirstPause)
                    log.LogInformation("The engines are not prepared yet: {Reason}", e is DubException ? e.Message : e.GetType().Name);
                await Task.Delay(pause, clock, stoppingToken);
            }
        }
    }
}
