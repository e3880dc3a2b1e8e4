using System.Globalization;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Api.Errors;

/// <summary>The error bodies that are about a dub.</summary>
internal static class DubErrors
{
    /// <summary>There is no such dub, or it is another user's: the same words for both.</summary>
    public static ErrorBody NotFound { get; } = Refusal.Of(ErrorCodes.DubNotFound, "this user has no such dub");

    /// <summary>Only a failed dub can be retried.</summary>
    public static ErrorBody NotFailed { get; } =
        Refusal.Of(ErrorCodes.DubNotFailed, "this dub did not fail: it runs, waits or is complete; poll it");

    /// <summary>Nothing is kept that the dub could go on from.</summary>
    public static ErrorBody NotKept { get; } = Refusal.Of(
        ErrorCodes.DubNotKept,
        "this dub cannot go on: it was cancelled, its source was refused, or its work is kept no longer; submit it again");

    /// <summary>The dub runs, failed, or its working files are kept no longer.</summary>
    public static ErrorBody NotEditable { get; } = Refusal.Of(
        ErrorCodes.DubNotEditable, "this dub cannot be edited: it is not complete, or its working files are kept no longer");

    /// <summary>The dub is being made already.</summary>
    public static ErrorBody Running { get; } = Refusal.Of(ErrorCodes.DubRunning, "this dub is being made; wait until it is done");

    /// <summary>Only a dub that runs or waits can be cancelled.</summary>
    public static ErrorBody NotRunning { get; } =
        Refusal.Of(ErrorCodes.DubNotRunning, "this dub does not run: it is complete or failed; delete it if you do not need it");

    /// <summary>The source was not fetched yet, or is kept no longer.</summary>
    public static ErrorBody SourceNotKept { get; } =
        Refusal.Of(ErrorCodes.SourceNotKept, "the source of this dub was not fetched yet, or is kept no longer");

    /// <summary>The dub has no segment of that index.</summary>
    public static ErrorBody NoSegment { get; } = Refusal.Of(ErrorCodes.SegmentNotFound, "this dub has no such segment");

    /// <summary>The dub was submitted without a <c>callback_url</c>.</summary>
    public static ErrorBody NoCallback { get; } =
        Refusal.Of(ErrorCodes.CallbackNotFound, "this dub was submitted without a callback url");

    /// <summary>The text is kept no longer.</summary>
    public static ErrorBody NoExport { get; } = Refusal.Of(ErrorCodes.ExportNotFound, "this text of the dub is kept no longer");

    /// <summary>The user has as many event streams open at this process as one may have.</summary>
    public static ErrorBody TooManyStreams { get; } =
        Refusal.Of(ErrorCodes.TooManyStreams, "too many event streams are open; close one first");

    /// <summary>So little room is left that nothing new is begun.</summary>
    public static ErrorBody NoSpaceLeft { get; } =
        Refusal.Of(ErrorCodes.NoSpaceLeft, "there is no room left here for more; please try again later");

    /// <summary>The user has as many dubs running as may be.</summary>
    public static ErrorBody TooMany(int limit) =>
        Refusal.Of(ErrorCodes.TooManyDubs, $"at most {limit} dubs may run at a time; wait until one is finished");

    /// <summary>As much is stored for the user as may be.</summary>
    /// <param name="stored">Bytes that are stored.</param>
    /// <param name="limit">Bytes that may be.</param>
    public static ErrorBody OverQuota(long stored, long limit) => Refusal.Of(
        ErrorCodes.QuotaExceeded,
        string.Create(CultureInfo.InvariantCulture, $"{stored:N0} of {limit:N0} bytes are stored for this user, ")
            + "which leaves no room for it; delete dubs that you do not need");

    /// <summary>The dub was edited since the revision that was named.</summary>
    public static ErrorBody Stale(int current) =>
        Refusal.Of(ErrorCodes.RevisionStale, $"the dub was edited since: its revision is {current}") with
        {
            Revision = current,
            Errors = [new FieldError("revision", $"{current}", ErrorCodes.RevisionStale)],
        };

    /// <summary>Why a dub failed.</summary>
    public static ErrorBody Failed(string msg, FailureCode? code) =>
        Refusal.Of(ErrorCodes.DubFailed, msg) with { ErrorCode = code?.Value };

    /// <summary>Why a dub failed.</summary>
    public static ErrorBody Failed(DubProgress dub) => Failed(dub.Exception!, dub.ExceptionCode);
}
