namespace AiDub.Domain.Dubbing;

/// <summary>Where a dub stands; on the wire <c>Status_1</c> to <c>Status_5</c>.</summary>
public enum DubStage
{
    /// <summary><c>Status_1</c>: accepted; being fetched and transcribed.</summary>
    Transcribing = 1,

    /// <summary><c>Status_2</c>: being translated.</summary>
    Translating = 2,

    /// <summary><c>Status_3</c>: being spoken.</summary>
    Speaking = 3,

    /// <summary><c>Status_4</c>: being fitted to the picture, mixed, muxed and published.</summary>
    Rendering = 4,

    /// <summary><c>Status_5</c>: complete.</summary>
    Complete = 5,
}

/// <summary>The names that stages carry on the wire and in the record stores.</summary>
public static class DubStageNames
{
    /// <summary><c>Status_1</c> … <c>Status_5</c>.</summary>
    public static string ToWire(this DubStage stage) => $"Status_{(int)stage}";

    /// <summary>
    /// What is done in a stage, in a word: <c>transcribing</c>, <c>translating</c>, <c>speaking</c>, <c>rendering</c>, <c>complete</c>.
    /// </summary>
    public static string ToWord(this DubStage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>The stage of a wire name.</summary>
    /// <exception cref="FormatException">The text names no stage.</exception>
    public static DubStage Parse(string wire) =>
        Enum.GetValues<DubStage>().Where(s => s.ToWire() == wire).Cast<DubStage?>().FirstOrDefault()
        ?? throw new FormatException($"'{wire}' is not a stage.");
}
