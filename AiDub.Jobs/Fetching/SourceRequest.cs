using System.Net;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;

namespace AiDub.Jobs.Fetching;

/// <summary>
/// Asks for a source as a browser asks for what its page shows: servers turn others away, or send them something else. Pure.
/// </summary>
internal static class SourceRequest
{
    private const string UserAgent =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 AiDub/1.0";

    private const string AcceptVideo = "video/webm,video/ogg,video/*;q=0.9,audio/*;q=0.6,*/*;q=0.5";
    private const string AcceptText = "text/vtt,text/plain,application/x-subrip,*/*;q=0.8";

    /// <summary>The request for what is wanted at an address.</summary>
    public static HttpRequestMessage To(SourceUrl address, FetchedKind kind)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address.Uri) { Version = HttpVersion.Version11 };
        var isText = kind == FetchedKind.Text;
        Set(request, "User-Agent", UserAgent);
        Set(request, "Accept", isText ? AcceptText : AcceptVideo);
        Set(request, "Accept-Language", "en-US,en;q=0.9");

        // A video is compressed already, and a part of it can only be asked for as it is.
        Set(request, "Accept-Encoding", isText ? "gzip, deflate, br" : "identity;q=1, *;q=0");
        return request;
    }

    /// <summary>Sets a header as it is written here.</summary>
    public static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
