namespace AiDub.Jobs.Queueing;

/// <summary>Asked before a worker of this process takes another dub: the one place that says no while a dub could not be made.</summary>
public interface ITakingGate
{
    /// <summary>Whether a dub may be taken now.</summary>
    bool IsOpen { get; }
}
