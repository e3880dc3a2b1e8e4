namespace AiDub.Domain.Errors;

/// <summary>What the service depends on and cannot do anything about when it is away.</summary>
public enum Dependency
{
    /// <summary>The record stores: SQLite or MongoDB.</summary>
    Records,

    /// <summary>The object store: a local folder or S3.</summary>
    Objects,

    /// <summary>The server of an engine.</summary>
    Engine,

    /// <summary>Room on the disk, to which things can be written.</summary>
    Storage,
}

/// <summary>Something that is not to be reached, whoever asks: no fault of a dub, which waits for it.</summary>
/// <param name="What">What is away.</param>
/// <param name="Engine">The engine's name; null for anything else.</param>
public sealed record Outage(Dependency What, string? Engine = null)
{
    /// <summary>What it is called on the wire: <c>records</c>, <c>objects</c>, <c>engine</c> or <c>storage</c>.</summary>
    public string Word => What.ToString().ToLowerInvariant();

    /// <summary>What is missing, for a person.</summary>
    public string Message => What switch
    {
        Dependency.Records => "The records cannot be reached.",
        Dependency.Objects => "The object store cannot be reached.",
        Dependency.Engine => $"{Engine} cannot be reached.",
        _ => "There is no room left on the disk, or it cannot be written to.",
    };
}
