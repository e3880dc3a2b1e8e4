using System.Net;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>What a source server's answer means; pure.</summary>
internal static class SourceAnswer
{
    /// <summary>Where an answer redirects to, as it was sent; null when it does not.</summary>
    public static string? Redirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.NonValidated.TryGetValues("Location", out var values)
            ? values.ToString()
            : null;

    /// <summary>Throws unless a status says that the source follows.</summary>
    public static void Check(HttpStatusCode status)
    {
        var code = (int)status;
        if (code == 200)
            return;
        throw status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone =>
                new PermanentDubException("source_not_found", $"There is no video at the source's address: the source server answered {code}."),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new TransientDubException($"The source server answered {code}."),
            _ => new PermanentDubException("source_refused", $"The source server answered {code}."),
        };
    }
}
