using AiDub.Api.Wire;

namespace AiDub.Api.Dubs;

/// <summary>Asks for a failed dub to go on.</summary>
internal sealed record RetryRequest : INamesUser
{
    /// <summary>
    /// Who asks. May be left out with a token, and so may the whole body; if it is given then, it must be the token's user.
    /// </summary>
    public SentUserId UserId { get; init; }
}
