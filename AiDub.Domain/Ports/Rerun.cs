namespace AiDub.Domain.Ports;

/// <summary>What became of the wish to have a dub run again that is at its end.</summary>
public enum Rerun
{
    /// <summary>It is written: it waits for a worker.</summary>
    Begun,

    /// <summary>Nothing is written: more dubs of its user would run or wait than may.</summary>
    TooMany,

    /// <summary>Nothing is written: the dub runs, was cancelled or deleted, or is gone.</summary>
    Refused,
}
