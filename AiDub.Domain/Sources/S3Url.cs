using System.Text;

namespace AiDub.Domain.Sources;

/// <summary>
/// A source in a bucket: <c>s3://bucket/key</c>. The key's characters are taken as they were written; nothing is unescaped.
/// </summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key in it, 1 to 1024 bytes of UTF-8.</param>
public sealed record S3Url(string Bucket, string Key)
{
    /// <summary>What such an address begins with, in letters of any case.</summary>
    public const string Scheme = "s3://";

    private const int MaxKeyBytes = 1024;

    /// <summary>Whether a text is meant to be such an address.</summary>
    public static bool Names(string? text) =>
        text is not null && SentUrl.Clean(text).StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads an address; false when the bucket's name is none, or the key is empty, too long, holds control characters or half a character,
    /// or has a part <c>.</c> or <c>..</c>, which would lead out of the bucket where buckets are part of the path.
    /// </summary>
    public static bool TryParse(string? text, out S3Url? address)
    {
        address = null;
        if (!Names(text))
            return false;
        text = SentUrl.Clean(text!);
        if (text.Length > SourceUrl.MaxLength || text.Any(char.IsControl))
            return false;
        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/');
        if (slash < 0 || !IsBucketName(rest[..slash]))
            return false;
        var key = rest[(slash + 1)..];
        if (key.Length == 0 || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes || key.EnumerateRunes().Contains(Rune.ReplacementChar))
            return false;
        if (key.Split('/').Any(part => part is "." or ".."))
            return false;
        address = new S3Url(rest[..slash], key);
        return true;
    }

    /// <summary>
    /// Whether a text can be a bucket's name: 3 to 63 lower-case letters, digits, hyphens and dots, a letter or digit at both ends.
    /// </summary>
    public static bool IsBucketName(string text) =>
        text.Length is >= 3 and <= 63
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && !text.Contains("..", StringComparison.Ordinal);
}
