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

    /// <summary>Why a dub failed.</summary>
    public static ErrorBody Failed(DubProgress dub) => new()
    {
        Status = StatusCodes.Status500InternalServerError,
        MsgCode = ErrorCodes.DubFailed,
        Msg = dub.Exception!,
        ErrorCode = dub.ExceptionCode,
    };
}
