using AiDub.Api.Wire;

namespace AiDub.Api.Dubs;

/// <summary>Asks for a failed dub to go on.</summary>
internal sealed record RetryRequest : INamesUser
{
    /// <summary>Who asks. With a token it, and the whole body, may be absent, and must else be the token's.</summary>
    public SentUserId UserId { get; init; }
}
