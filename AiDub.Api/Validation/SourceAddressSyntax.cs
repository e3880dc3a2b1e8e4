namespace AiDub.Api.Validation;

/// <summary>What an address has to look like to be worth queueing; whether it may be fetched is decided when it is.</summary>
public static class SourceAddressSyntax
{
    /// <summary>The longest address that is taken, in characters.</summary>
    public const int MaxLength = 2048;

    /// <summary>Whether a text is an absolute http or https address with a host, without user info, white space, control characters or backslashes.</summary>
    public static bool IsValid(string? address) =>
        address is { Length: > 0 and <= MaxLength }
        && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')
        && (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && !Authority(address).Contains('@')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0;

    private static ReadOnlySpan<char> Authority(string address)
    {
        var rest = address.AsSpan(address.IndexOf("//", StringComparison.Ordinal) + 2);
        var end = rest.IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }
}
