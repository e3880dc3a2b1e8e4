using System.Globalization;
using System.Text;

namespace AiDub.Domain.Sources;

/// <summary>What a source is called by its address: what is made of it is named after it.</summary>
public static class SourceName
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxLength = 60;

    /// <summary>The field by which an address of ours calls its file, which its path does not.</summary>
    public const string FileField = "filename";

    // What others call it, such as the page.
    private const string NameField = "name";

    private const string DispositionField = "response-content-disposition";
    private const string Forbidden = "\"*/:<>?\\|";

    /// <summary>
    /// The name without its extension, safe as a file's on any system: what the address says that its file is to be called, or else the
    /// last part of its path. Null where neither is a name, as of a random id.
    /// </summary>
    public static string? Of(string address)
    {
        var text = SentUrl.Clean(address).Split('#')[0];
        var parts = text.Split('?', 2);
        var (path, query) = (parts[0], parts.Length > 1 ? parts[1] : "");
        var fields = query.Split('&').Select(field => field.Split('=', 2)).Where(field => field.Length == 2).ToLookup(
            field => field[0], field => Unescape(field[1].Replace('+', ' ')), StringComparer.OrdinalIgnoreCase);
        // What stands before the first slash after the scheme is a host.
        var after = path.Split("://", 2)[^1];
        var last = after.Contains('/') ? Unescape(after[(after.LastIndexOf('/') + 1)..]) : "";
        return fields[DispositionField].Select(Named).OfType<string>().Select(Safe).FirstOrDefault(name => name is not null)
            ?? Safe(last)
            ?? fields[FileField].Concat(fields[NameField]).Select(Safe).FirstOrDefault(name => name is not null);
    }

    /// <summary>The name of a file as it was sent, safe and with its extension; null where nothing of it is a name.</summary>
    public static string? FileOf(string sent)
    {
        // A form escapes quotes by a backslash, which is no folder's then.
        var name = sent.Replace("\\\"", "\"");
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return Safe(last) is { } safe ? safe + last[WithoutExtension(last).Length..] : null;
    }

    // Of Content-Disposition, what is said in UTF-8 before what is said in ASCII.
    private static string? Named(string disposition)
    {
        var parts = disposition.Split(';', StringSplitOptions.TrimEntries);
        const string wide = "filename*=UTF-8''";
        if (parts.FirstOrDefault(part => part.StartsWith(wide, StringComparison.OrdinalIgnoreCase)) is { } encoded)
            return Unescape(encoded[wide.Length..]);
        const string plain = "filename=";
        return parts.FirstOrDefault(part => part.StartsWith(plain, StringComparison.OrdinalIgnoreCase))?[plain.Length..].Trim('"');
    }

    private static string? Safe(string name)
    {
        var clean = new StringBuilder();
        foreach (var rune in WithoutExtension(name).EnumerateRunes().Where(IsKept))
            clean.Append(Forbidden.Contains((char)Math.Min(rune.Value, char.MaxValue)) ? "_" : rune.ToString());
        var safe = clean.ToString().Trim(' ', '.', '_');
        if (safe.Length > MaxLength)
            safe = safe[..(char.IsHighSurrogate(safe[MaxLength - 1]) ? MaxLength - 1 : MaxLength)].TrimEnd(' ', '.');
        return safe.Length == 0 || Guid.TryParse(safe, out _) ? null : safe;
    }

    private static bool IsKept(Rune rune) => rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string WithoutExtension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && name.Length - dot <= 6 && name[(dot + 1)..].All(char.IsAsciiLetterOrDigit) ? name[..dot] : name;
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text);
}
