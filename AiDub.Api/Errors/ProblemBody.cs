using AiDub.Api.Wire;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AiDub.Api.Errors;

/// <summary>
/// An error as problem details (RFC 9457), for who asks for them by <c>Accept: application/problem+json</c>. What our own shape says is
/// kept beside it.
/// </summary>
internal sealed record ProblemBody
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Always <c>about:blank</c>: <c>msg_code</c> tells problems apart.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>What the status means.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status, again.</summary>
    public required int Status { get; init; }

    /// <summary>What went wrong, for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>The same, under the name of our own shape.</summary>
    public required string Msg { get; init; }

    /// <summary>What went wrong, for a program: stable.</summary>
    public required string MsgCode { get; init; }

    /// <summary>Every field that is wrong; absent when the error is of no field.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>On a stale revision: the revision that the dub has.</summary>
    public int? Revision { get; init; }

    /// <summary>On a dub that failed: why, for a program.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The problem of an error.</summary>
    public static ProblemBody Of(ErrorBody error) => new()
    {
        Title = ReasonPhrases.GetReasonPhrase(error.Status),
        Status = error.Status,
        Detail = error.Msg,
        Msg = error.Msg,
        MsgCode = error.MsgCode,
        Errors = error.Errors,
        Revision = error.Revision,
        ErrorCode = error.ErrorCode,
    };

    /// <summary>
    /// Whether a request asks for problem details by name, and would not rather have plain JSON; a range such as <c>*/*</c> does not.
    /// </summary>
    public static bool IsAskedBy(HttpRequest request) =>
        request.Headers.Accept.Count > 0
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
        && Quality(ranges, MediaType) is > 0 and var wanted
        && wanted >= Quality(ranges, "application/json");

    // 0 where it is not named.
    private static double Quality(IEnumerable<MediaTypeHeaderValue> ranges, string type) => ranges
        .Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
        .Select(range => range.Quality ?? 1)
        .DefaultIfEmpty(0)
        .Max();
}
