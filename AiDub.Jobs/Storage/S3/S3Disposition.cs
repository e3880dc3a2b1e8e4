using System.Net.Http.Headers;

namespace AiDub.Jobs.Storage.S3;

/// <summary>How a browser is to open an object.</summary>
internal static class S3Disposition
{
    /// <summary>The header <c>Content-Disposition</c> of an object: shown, and saved by the last part of its key.</summary>
    public static string Of(string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        var disposition = new ContentDispositionHeaderValue("inline");
        if (name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            disposition.FileName = $"\"{name}\"";
        else
            disposition.FileNameStar = name;
        return disposition.ToString();
    }
}
