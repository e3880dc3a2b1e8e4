using AiDub.Domain.Dubbing;

namespace AiDub.Domain.Callbacks;

/// <summary>What is to be done with a prepared callback, going by what became of its dub.</summary>
public enum CallbackVerdict
{
    /// <summary>The attempt has ended its dub: tell.</summary>
    Tell,

    /// <summary>The attempt is about to end its dub, or died on the way: look again.</summary>
    Wait,

    /// <summary>The attempt did not end its dub, because another did, or somebody cancelled or deleted it: nothing is to be told.</summary>
    Drop,
}

/// <summary>Judges prepared callbacks; pure.</summary>
public static class CallbackVerdicts
{
    /// <summary>The verdict.</summary>
    /// <param name="delivery">What was prepared.</param>
    /// <param name="progress">The dub's progress document; null when there is none.</param>
    /// <param name="record">The dub's durable record; null when there is none, and not looked at while there is a document.</param>
    public static CallbackVerdict Judge(CallbackDelivery delivery, DubProgress? progress, DubRecord? record) => (progress, record) switch
    {
        ({ IsCancelled: true }, _) => CallbackVerdict.Drop,
        ({ State: DubState.Running } running, _) => running.Attempt > delivery.Attempt ? CallbackVerdict.Drop : CallbackVerdict.Wait,
        ({ } ended, _) => ended.Attempt == delivery.Attempt ? CallbackVerdict.Tell : CallbackVerdict.Drop,
        (null, { } done) => done.Response.Report.Attempts == delivery.Attempt ? CallbackVerdict.Tell : CallbackVerdict.Drop,
        _ => CallbackVerdict.Drop,
    };
}
