using AiDub.Api.Contracts;
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
        new() { Status = StatusCodes.Status404NotFound, MsgCode = ErrorCodes.CallbackNotFound, Msg = "this dub was submitted without a callback url" };

    /// <summary>The user has as many event streams open at this process as one may have.</summary>
    public static ErrorBody TooManyStreams { get; } =
        new() { Status = StatusCodes.Status429TooManyRequests, MsgCode = ErrorCodes.TooManyStreams, Msg = "too many event streams are open; close one first" };

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

    /// <summary>Why a dub failed.</summary>
    public static ErrorBody Failed(DubProgress dub) => new()
    {
        Status = StatusCodes.Status500InternalServerError,
        MsgCode = ErrorCodes.DubFailed,
        Msg = dub.Exception!,
        ErrorCode = dub.ExceptionCode,
    };
}
