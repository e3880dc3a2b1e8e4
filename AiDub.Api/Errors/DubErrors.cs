using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Errors;

/// <summary>The error bodies that are about a dub.</summary>
public static class DubErrors
{
    /// <summary>There is no such dub, or it is another user's: the same words for both.</summary>
    public static ErrorBody NotFound { get; } =
        new() { Status = StatusCodes.Status404NotFound, MsgCode = ErrorCodes.DubNotFound, Msg = "this user has no such dub" };

    /// <summary>The dub was submitted without a <c>callback_url</c>.</summary>
    public static ErrorBody NoCallback { get; } =
        new()
        {
            Status = StatusCodes.Status404NotFound,
            MsgCode = ErrorCodes.CallbackNotFound,
            Msg = "this dub was submitted without a callback url",
        };

    /// <summary>The user has as many event streams open at this process as one may have.</summary>
    public static ErrorBody TooManyStreams { get; } =
        new()
        {
            Status = StatusCodes.Status429TooManyRequests,
            MsgCode = ErrorCodes.TooManyStreams,
            Msg = "too many event streams are open; close one first",
        };

    /// <summary>Only a failed dub can be retried.</summary>
    public static ErrorBody NotFailed { get; } = new()
    {
        Status = StatusCodes.Status409Conflict,
        MsgCode = ErrorCodes.DubNotFailed,
        Msg = "this dub did not fail: it runs, waits or is complete; poll it",
    };

    /// <summary>Nothing is kept that the dub could go on from.</summary>
    public static ErrorBody NotKept { get; } = new()
    {
        Status = StatusCodes.Status409Conflict,
        MsgCode = ErrorCodes.DubNotKept,
        Msg = "this dub cannot go on: it was cancelled, its source was refused, or its work is kept no longer; submit it again",
    };

    /// <summary>The user has as many dubs running as may be.</summary>
    public static ErrorBody TooMany(int limit) => new()
    {
        Status = StatusCodes.Status429TooManyRequests,
        MsgCode = ErrorCodes.TooManyDubs,
        Msg = $"at most {limit} dubs may run at a time; wait until one is finished",
    };

    /// <summary>As much is stored for the user as may be, or would be.</summary>
    /// <param name="status">413 for a file that there is no room for, else 507.</param>
    /// <param name="stored">Bytes that are stored.</param>
    /// <param name="limit">Bytes that may be.</param>
    public static ErrorBody OverQuota(int status, long stored, long limit) => new()
    {
        Status = status,
        MsgCode = ErrorCodes.QuotaExceeded,
        Msg = $"{stored:N0} of {limit:N0} bytes are stored for this user, which leaves no room for it; delete dubs that you do not need",
    };

    /// <summary>So little room is left that nothing new is begun.</summary>
    public static ErrorBody NoSpaceLeft { get; } = new()
    {
        Status = StatusCodes.Status507InsufficientStorage,
        MsgCode = ErrorCodes.NoSpaceLeft,
        Msg = "there is no room left here for more; please try again later",
    };

    /// <summary>The dub runs, failed, or its working files are kept no longer.</summary>
    public static ErrorBody NotEditable { get; } = new()
    {
        Status = StatusCodes.Status409Conflict,
        MsgCode = ErrorCodes.DubNotEditable,
        Msg = "this dub cannot be edited: it is not complete, or its working files are kept no longer",
    };

    /// <summary>The text is kept no longer.</summary>
    public static ErrorBody NoExport { get; } =
        new()
        {
            Status = StatusCodes.Status404NotFound,
            MsgCode = ErrorCodes.ExportNotFound,
            Msg = "this text of the dub is kept no longer",
        };

    /// <summary>The dub is being made already.</summary>
    public static ErrorBody Running { get; } =
        new()
        {
            Status = StatusCodes.Status409Conflict,
            MsgCode = ErrorCodes.DubRunning,
            Msg = "this dub is being made; wait until it is done",
        };

    /// <summary>The dub has no segment of that index.</summary>
    public static ErrorBody NoSegment { get; } =
        new() { Status = StatusCodes.Status404NotFound, MsgCode = ErrorCodes.SegmentNotFound, Msg = "this dub has no such segment" };

    /// <summary>The dub was edited since the revision that was named.</summary>
    public static ErrorBody Stale(int current) => new()
    {
        Status = StatusCodes.Status409Conflict,
        MsgCode = ErrorCodes.RevisionStale,
        Msg = $"the dub was edited since: its revision is {current}",
        Revision = current,
        Errors = [new FieldError("revision", $"{current}", ErrorCodes.RevisionStale)],
    };

    /// <summary>Why a dub failed.</summary>
    public static ErrorBody Failed(DubProgress dub) => new()
    {
        Status = StatusCodes.Status500InternalServerError,
        MsgCode = ErrorCodes.DubFailed,
        Msg = dub.Exception!,
        ErrorCode = dub.ExceptionCode,
    };
}
