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

    private const string Unpack = ": unpack it first";

    private static Finding Web { get; } =
        new(FailureCode.SourceIsWebPage, "a web page", ": give the address of the file itself, which opens without a login");

    /// <summary>Throws when a file that was fetched is plainly not of the kind that it should be.</summary>
    /// <exception cref="PermanentDubException">
    /// It is a page (<c>source_is_web_page</c>), a playlist (<c>source_is_playlist</c>), an archive (<c>source_is_archive</c>) or data of
    /// another kind (<c>source_is_not_media</c>).
    /// </exception>
    public static async Task RequireAsync(string path, FetchedKind kind, string? type, CancellationToken ct)
    {
        if (Refusal(await HeadAsync(path, ct), kind, type) is { } refusal)
            throw refusal;
    }

    /// <summary>The same of a video that was uploaded: what is said of it names no address, because its user gave none.</summary>
    /// <exception cref="PermanentDubException">As of a file that was fetched.</exception>
    public static async Task RequireUploadAsync(string path, CancellationToken ct)
    {
        if (Look(await HeadAsync(path, ct), FetchedKind.Video, null) is not var (code, what, _))
            return;
        var advice = code == FailureCode.SourceIsArchive ? Unpack : "";
        throw new PermanentDubException(code, $"The file that was uploaded is {what}, not a video{advice}.");
    }

    private static async Task<byte[]> HeadAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        return head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct)];
    }

    /// <summary>Why a file that begins like this is refused; null when it is not.</summary>
    internal static PermanentDubException? Refusal(ReadOnlySpan<byte> head, FetchedKind kind, string? type)
    {
        var wanted = kind == FetchedKind.Text ? "a text file" : "a video";
        return Look(head, kind, type) is var (code, what, advice)
            ? new PermanentDubException(code, $"There is {what} at the address, not {wanted}{advice}.")
            : null;
    }

    private static Finding? Look(ReadOnlySpan<byte> head, FetchedKind kind, string? type)
    {
        foreach (var (magic, at) in Archives)
        {
            if (head.Length >= at + magic.Length && head[at..].StartsWith(magic))
                return new(FailureCode.SourceIsArchive, "an archive or a compressed file", Unpack);
        }
        if (head.StartsWith("%PDF-"u8))
            return Not("a PDF document");
        if (TextOf(head[..Math.Min(head.Length, TextBytes)]) is not { } text)
            return null;
        if (Page.IsMatch(text))
            return Web;
        if (kind == FetchedKind.Text)
            return null;
        return OfText(text) ?? (type is "text/html" or "application/xhtml+xml" ? Web : null);
    }

    private static Finding? OfText(string text)
    {
        if (Playlist.IsMatch(text))
            return new(FailureCode.SourceIsPlaylist, "a playlist or a streaming manifest", ": give the address of the video file itself");
        if (Torrent.IsMatch(text))
            return Not("a torrent");
        return text[0] switch
        {
            '{' or '[' => Not("JSON"),
            '<' when Markup.IsMatch(text) => Not("XML"),
            _ => null,
        };
    }

    private static Finding Not(string what) => new(FailureCode.SourceIsNotMedia, what, "; it may be a message of the server");

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

    // What it is, and what helps where it was fetched.
    private sealed record Finding(FailureCode Code, string What, string Advice);
}
