using System.Net;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>What a source server's answer means; pure.</summary>
internal static class SourceAnswer
{
    /// <summary>Where an answer redirects to, as it was sent; null when it does not.</summary>
    public static string? Redirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently or HttpStatusCode.Found
            or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            ? Header(response, "Location")
            : null;

    /// <summary>Throws unless a status says that the source, or a part of it, follows.</summary>
    public static void Check(HttpStatusCode status)
    {
        var code = (int)status;
        // A proxy that changed something on the way says 203.
        if (status is HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation or HttpStatusCode.PartialContent)
            return;
        throw status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone =>
                new PermanentDubException(
                    FailureCode.SourceNotFound, $"There is no video at the source's address: the source server answered {code}."),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new TransientDubException($"The source server answered {code}."),
            _ => new PermanentDubException(FailureCode.SourceRefused, $"The source server answered {code}."),
        };
    }

    /// <summary>Whether a server did answer, and its answer is not HTTP, or has a head that is too long.</summary>
    public static bool IsUnreadable(HttpRequestException error) =>
        error.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded;

    /// <summary>How long a busy server wants to be left alone; null when it is not busy or does not say.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            || response.Headers.RetryAfter is not { } after)
            return null;
        var wait = after.Delta ?? after.Date - now ?? TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>A header as it was sent; null when it was not, or more than once.</summary>
    public static string? Header(HttpResponseMessage response, string name) =>
        (response.Headers.NonValidated.TryGetValues(name, out var values)
            || response.Content.Headers.NonValidated.TryGetValues(name, out values))
            && values.Count == 1 ? values.ToString() : null;
}
