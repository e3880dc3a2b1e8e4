using AiDub.Api.Views;
using AiDub.Domain.Errors;

namespace AiDub.Api.Progress;

/// <summary>What a poll finds.</summary>
internal abstract record ProgressOutcome
{
    private ProgressOutcome()
    {
    }

    /// <summary>No such dub of this user: unknown, another user's, or already delivered.</summary>
    public sealed record NotFound : ProgressOutcome;

    /// <summary>It is waiting or being worked on.</summary>
    /// <param name="Json">The <see cref="RunningAnswer"/>, written.</param>
    /// <param name="RetryAfter">In how many seconds it is worth asking again.</param>
    public sealed record Running(byte[] Json, string RetryAfter) : ProgressOutcome;

    /// <summary>It was given up.</summary>
    /// <param name="Msg">Why, for a person.</param>
    /// <param name="Code">Why, for a program.</param>
    public sealed record Failed(string Msg, FailureCode? Code) : ProgressOutcome;

    /// <summary>It is complete, and this poll is the one that is told.</summary>
    public sealed record Complete(FinalAnswer Answer) : ProgressOutcome;
}
