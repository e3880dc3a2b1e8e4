using AiDub.Api.Wire;
using AiDub.Domain.Sources;

namespace AiDub.Api.Submitting;

/// <summary>A subtitle file in a field: its text, or its address.</summary>
internal static class SentSubtitles
{
    private static readonly string[] Schemes = ["http://", "https://", S3Url.Scheme];

    /// <summary>Whether an address was sent: one line that begins with the scheme of one. No subtitle file has a single line.</summary>
    public static bool IsAddress(SentText sent) =>
        sent.Value is { } value && SentUrl.Clean(value) is var text && !text.AsSpan().ContainsAny('\r', '\n')
        && Schemes.Any(s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase));
}
