using AiDub.Api.Views;
using AiDub.Api.Wire;

namespace AiDub.Api.Submitting;

/// <summary>What becomes of a submission.</summary>
internal abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>Its dubs were accepted, now or by an earlier try with the same key.</summary>
    public sealed record Accepted(SubmitResponse Answer) : SubmitOutcome;

    /// <summary>Its key stands for another submission.</summary>
    public sealed record KeyReused : SubmitOutcome;

    /// <summary>There is no room for its files, or for more of this user's, or too many dubs run.</summary>
    /// <param name="Error">What is answered.</param>
    public sealed record Refused(ErrorBody Error) : SubmitOutcome;
}
