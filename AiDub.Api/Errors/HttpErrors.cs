using AiDub.Api.Wire;

namespace AiDub.Api.Errors;

/// <summary>The error body of a bare HTTP status.</summary>
internal static class HttpErrors
{
    /// <summary>The body for <paramref name="status"/>, 400–599.</summary>
    public static ErrorBody Of(int status) => (status switch
    {
        400 => Refusal.Of(ErrorCodes.BodyInvalid, "the body is not a JSON object"),
        401 => Refusal.Of(ErrorCodes.Unauthorized, "this needs a valid token"),
        403 => Refusal.Of(ErrorCodes.Forbidden, "this is not allowed"),
        404 => Refusal.Of(ErrorCodes.NotFound, "there is nothing at this address"),
        405 => Refusal.Of(ErrorCodes.MethodNotAllowed, "this address does not take this method"),
        406 => Refusal.Of(ErrorCodes.NotAcceptable, "answers are application/json, which the Accept header rules out"),
        408 => Refusal.Of(ErrorCodes.RequestTimeout, "the body took too long to arrive"),
        413 => Refusal.Of(ErrorCodes.BodyTooLarge, "the body is too large"),
        414 => Refusal.Of(ErrorCodes.AddressTooLong, "the address is too long: send less in the query"),
        415 => Refusal.Of(
            ErrorCodes.UnsupportedMediaType, "the body must be sent with Content-Type: application/json and without Content-Encoding"),
        416 => Refusal.Of(ErrorCodes.RangeInvalid, "the file ends before the range that was asked for"),
        429 => Refusal.Of(ErrorCodes.RateLimited, "too many requests; try again later"),
        431 => Refusal.Of(ErrorCodes.HeadersTooLarge, "the headers are too large: send fewer or shorter ones, cookies among them"),
        503 => Refusal.Of(ErrorCodes.Unavailable, "something that this depends on does not answer; try again later"),
        >= 500 => Refusal.Of(ErrorCodes.InternalError, "something went wrong on our side; it has been logged"),
        _ => Refusal.Of($"http_{status}", "the request was refused"),
    }) with
    { Status = status };
}
