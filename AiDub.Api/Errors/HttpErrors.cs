using AiDub.Api.Wire;

namespace AiDub.Api.Errors;

/// <summary>The error body of a bare HTTP status.</summary>
public static class HttpErrors
{
    /// <summary>The body for <paramref name="status"/>, 400–599.</summary>
    public static ErrorBody Of(int status) => status switch
    {
        400 => Body(status, ErrorCodes.BodyInvalid, "the body is not a JSON object"),
        401 => Body(status, ErrorCodes.Unauthorized, "this needs a valid token"),
        403 => Body(status, ErrorCodes.Forbidden, "this is not allowed"),
        404 => Body(status, ErrorCodes.NotFound, "there is nothing at this address"),
        405 => Body(status, ErrorCodes.MethodNotAllowed, "this address does not take this method"),
        406 => Body(status, ErrorCodes.NotAcceptable, "answers are application/json, which the Accept header rules out"),
        408 => Body(status, ErrorCodes.RequestTimeout, "the body took too long to arrive"),
        413 => Body(status, ErrorCodes.BodyTooLarge, "the body is too large"),
        415 => Body(status, ErrorCodes.UnsupportedMediaType, "the body must be sent with Content-Type: application/json"),
        429 => Body(status, ErrorCodes.RateLimited, "too many requests; try again later"),
        503 => Body(status, ErrorCodes.Unavailable, "something that this depends on does not answer; try again later"),
        >= 500 => Body(status, ErrorCodes.InternalError, "something went wrong on our side; it has been logged"),
        _ => Body(status, $"http_{status}", "the request was refused"),
    };

    private static ErrorBody Body(int status, string code, string msg) => new() { Status = status, MsgCode = code, Msg = msg };
}
