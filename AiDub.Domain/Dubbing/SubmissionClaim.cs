namespace AiDub.Domain.Dubbing;

/// <summary>That a user's idempotency key stands for a submission.</summary>
public sealed record SubmissionClaim
{
    /// <summary>Whose key it is.</summary>
    public required long UserId { get; init; }

    /// <summary>The key: 1 to 255 visible ASCII characters.</summary>
    public required string Key { get; init; }

    /// <summary>What was asked for, as a hash.</summary>
    public required string BodyHash { get; init; }

    /// <summary>The ids that its dubs have, or will have.</summary>
    public required SubmissionIds Ids { get; init; }

    /// <summary>Whether every one of its dubs was stored; until then a repetition stores those that were not.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>When the key is free again.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
