namespace AiDub.Domain.Dubbing;

/// <summary>Asks a store for a part of a user's dubs, newest first.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="ProjectId">Of which project; null: of all.</param>
/// <param name="After">Behind which place the part begins; null: with the newest.</param>
/// <param name="Limit">How many at most, 1 or more.</param>
public sealed record DubQuery(long UserId, string? ProjectId, DubCursor? After, int Limit)
{
    /// <summary>
    /// Only those that are in this state; null: in any, deleted ones included. Not looked at by the main table, which holds complete ones.
    /// </summary>
    public ListedState? State { get; init; }
}

/// <summary>The states that a user tells dubs apart by.</summary>
public enum ListedState
{
    /// <summary>No worker is at it.</summary>
    Queued,

    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>It is complete.</summary>
    Complete,

    /// <summary>It failed or was cancelled.</summary>
    Failed,
}

/// <summary>The words for those states.</summary>
public static class ListedStateNames
{
    /// <summary><c>queued</c>, <c>running</c>, <c>complete</c> or <c>failed</c>.</summary>
    public static string ToWord(this ListedState state) => state.ToString().ToLowerInvariant();

    /// <summary>The state of a word; null when it is none.</summary>
    public static ListedState? Parse(string? word) =>
        Enum.GetValues<ListedState>().Where(state => state.ToWord() == word).Cast<ListedState?>().FirstOrDefault();
}
