using AiDub.Api.Wire;

namespace AiDub.Api.Progress;

/// <summary>Asks how far a dub is.</summary>
internal sealed record ProgressRequest : INamesUser, INamesFirstError
{
    /// <summary>
    /// Who asks: the user who submitted the dub; a whole number, or a text of its digits. With a token it may be absent, and must else be
    /// the token's.
    /// </summary>
    [MustBeSent]
    public SentUserId UserId { get; init; }

    /// <summary>The id that the dub was accepted under, a UUID.</summary>
    [MustBeSent]
    public SentText RequestId { get; init; }
}
