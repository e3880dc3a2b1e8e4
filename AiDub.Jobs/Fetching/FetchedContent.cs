using System.Text;
using System.Text.RegularExpressions;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Fetching;

/// <summary>
/// Tells by its first bytes what came in place of a video, where that can be said for certain; what is unknown passes, ffprobe knows more.
/// </summary>
/// <remarks>
/// HTML is told as browsers tell it (https://mimesniff.spec.whatwg.org, section 7.1). The type that a server states refuses nothing by
/// itself: it only decides about a text that says nothing of itself.
/// </remarks>
internal static class FetchedContent
{
    // An image of a disc is named in its sector 16 (ECMA-119, 6.2.1; ECMA-167, 2/8.3.1).
    private const int DiscSector = 16 * 2048;
    private const int HeadBytes = DiscSector + 2048;
    private const int TextBytes = 4096;
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const string Prologue = @"\A(<\?xml[^>]*>|<!--[^>]*-->|\s)*";

    private static readonly Regex Page = new(
        Prologue + @"<(!doctype\s+html|html|head|script|iframe|h1|div|font|table|"
            + @"style|title|body|br|p|meta|noscript|link|main|center)[\s/>]",
        Linear);

    private static readonly Regex Playlist = new(
        @"\A(#EXTM3U|ffconcat version|\[playlist\])|" + Prologue + @"<(\w+:)?(MPD|SmoothStreamingMedia|smil|asx|playlist)[\s/>]", Linear);

    private static readonly Regex Torrent = new(@"\Ad\d+:(announce|created|info|comment)", Linear);

    private static readonly Regex Markup = new(Prologue + @"<[!?]?\w", Linear);

    private static readonly (byte[] Magic, int At)[] Archives =
    [
        ("PK\x03\x04"u8.ToArray(), 0), ("PK\x05\x06"u8.ToArray(), 0),
        ("Rar!\x1a\x07"u8.ToArray(), 0), ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 0),
        ([0x1f, 0x8b, 0x08], 0), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 0),
        ([0x28, 0xb5, 0x2f, 0xfd], 0), ("BZh"u8.ToArray(), 0), ("ustar"u8.ToArray(), 257),
        ("CD001"u8.ToArray(), DiscSector + 1), ("BEA01"u8.ToArray(), DiscSector + 1),
    ];

    /// <summary>Throws when a file is plainly not of the kind that it should be.</summary>
    /// <exception cref="PermanentDubException">
    /// It is a page (<c>source_is_web_page</c>), a playlist (<c>source_is_playlist</c>), an archive (<c>source_is_archive</c>) or data of
    /// another kind (<c>source_is_not_media</c>).
    /// </exception>
    public static async Task RequireAsync(string path, FetchedKind kind, string? type, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (Refusal(head.AsSpan(0, read), kind, type) is { } refusal)
            throw refusal;
    }

    /// <summary>Why a file that begins like this is refused; null when it is not.</summary>
    internal static PermanentDubException? Refusal(ReadOnlySpan<byte> head, FetchedKind kind, string? type)
    {
        var wanted = kind == FetchedKind.Text ? "a text file" : "a video";
        foreach (var (magic, at) in Archives)
        {
            if (head.Length >= at + magic.Length && head[at..].StartsWith(magic))
                return new(
                    FailureCode.SourceIsArchive,
                    $"There is an archive or a compressed file at the address, not {wanted}: unpack it first.");
        }
        if (head.StartsWith("%PDF-"u8))
            return Not("a PDF document", wanted);
        if (TextOf(head[..Math.Min(head.Length, TextBytes)]) is not { } text)
            return null;
        if (Page.IsMatch(text))
            return Web(wanted);
        if (kind == FetchedKind.Text)
            return null;
        return OfText(text, wanted) ?? (type is "text/html" or "application/xhtml+xml" ? Web(wanted) : null);
    }

    private static PermanentDubException? OfText(string text, string wanted)
    {
        if (Playlist.IsMatch(text))
            return new(FailureCode.SourceIsPlaylist);
        if (Torrent.IsMatch(text))
            return Not("a torrent", wanted);
        return text[0] switch
        {
            '{' or '[' => Not("JSON", wanted),
            '<' when Markup.IsMatch(text) => Not("XML", wanted),
            _ => null,
        };
    }

    private static PermanentDubException Web(string wanted) =>
        new(
            FailureCode.SourceIsWebPage,
            $"There is a web page at the address, not {wanted}: give the address of the file itself, which opens without a login.");

    private static PermanentDubException Not(string what, string wanted) =>
        new(FailureCode.SourceIsNotMedia, $"There is {what} at the address, not {wanted}; it may be a message of the server.");

    // Null for what is no text, or nothing. A character may be cut in two at the end.
    private static string? TextOf(ReadOnlySpan<byte> head)
    {
        var text = head switch
        {
            [0xff, 0xfe, ..] => Encoding.Unicode.GetString(head[2..(head.Length & ~1)]),
            [0xfe, 0xff, ..] => Encoding.BigEndianUnicode.GetString(head[2..(head.Length & ~1)]),
            [0xef, 0xbb, 0xbf, ..] => Encoding.UTF8.GetString(head[3..]),
            _ => Encoding.Latin1.GetString(head),
        };
        text = text.TrimStart();
        return text.Length == 0 || text.Any(c => c < ' ' && c is not ('\t' or '\n' or '\r' or '\f' or '\x1b')) ? null : text;
    }
}
