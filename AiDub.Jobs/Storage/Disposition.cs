using AiDub.Domain.Ports;
using Microsoft.Net.Http.Headers;

namespace AiDub.Jobs.Storage;

/// <summary>The header <c>Content-Disposition</c> (RFC 6266), with a name in ASCII for old clients and the whole one (RFC 8187).</summary>
public static class Disposition
{
    /// <summary>Shown or saved under a name.</summary>
    public static string Of(ServedName name)
    {
        var header = new ContentDispositionHeaderValue(name.IsSaved ? "attachment" : "inline");
        header.SetHttpFileName(name.FileName);
        return header.ToString();
    }
}
