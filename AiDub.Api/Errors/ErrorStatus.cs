namespace AiDub.Api.Errors;

/// <summary>The HTTP status of every code that a request is refused with; why a dub failed has its own in the table of failures.</summary>
internal static class ErrorStatus
{
    /// <summary>
    /// The status of <paramref name="code"/>; 400 of every code that is not named here, because a field or the source is wrong.
    /// </summary>
    public static int Of(string code) => code switch
    {
        ErrorCodes.TokenMissing or ErrorCodes.TokenInvalid or ErrorCodes.TokenExpired or ErrorCodes.TokenUserMissing
            or ErrorCodes.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorCodes.UserForbidden or ErrorCodes.Forbidden or ErrorCodes.HostForbidden or ErrorCodes.OriginForbidden
            => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound or ErrorCodes.DubNotFound or ErrorCodes.ProgressNotFound or ErrorCodes.CallbackNotFound
            or ErrorCodes.SegmentNotFound or ErrorCodes.ExportNotFound or ErrorCodes.SourceNotKept => StatusCodes.Status404NotFound,
        ErrorCodes.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorCodes.NotAcceptable => StatusCodes.Status406NotAcceptable,
        ErrorCodes.RequestTimeout => StatusCodes.Status408RequestTimeout,
        ErrorCodes.DubNotFailed or ErrorCodes.DubNotKept or ErrorCodes.DubNotEditable or ErrorCodes.DubRunning
            or ErrorCodes.DubNotRunning or ErrorCodes.RevisionStale => StatusCodes.Status409Conflict,
        ErrorCodes.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.AddressTooLong => StatusCodes.Status414UriTooLong,
        ErrorCodes.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ErrorCodes.RangeInvalid => StatusCodes.Status416RangeNotSatisfiable,
        ErrorCodes.IdempotencyKeyReused => StatusCodes.Status422UnprocessableEntity,
        ErrorCodes.HeadersTooLarge => StatusCodes.Status431RequestHeaderFieldsTooLarge,
        ErrorCodes.RateLimited or ErrorCodes.TooManyDubs or ErrorCodes.TooManyStreams or ErrorCodes.TooManyEstimates
            or ErrorCodes.TooManyPreviews
            => StatusCodes.Status429TooManyRequests,
        ErrorCodes.DubFailed or ErrorCodes.InternalError => StatusCodes.Status500InternalServerError,
        ErrorCodes.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.QuotaExceeded or ErrorCodes.NoSpaceLeft => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status400BadRequest,
    };
}
