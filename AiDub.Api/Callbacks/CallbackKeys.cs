using System.Text;

namespace AiDub.Api.Callbacks;

/// <summary>The keys that callbacks are signed with.</summary>
internal static class CallbackKeys
{
    /// <summary>What a secret of Standard Webhooks begins with.</summary>
    public const string Prefix = "whsec_";

    /// <summary>The shortest <c>SigningKey</c>, in bytes: as long as the hash.</summary>
    public const int MinKeyBytes = 32;

    // What Standard Webhooks asks for.
    private const int MinSecretBytes = 24;
    private const int MaxSecretBytes = 64;

    /// <summary>All that the settings name: <c>SigningKey</c> first, then the secrets in their order.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="FormatException">There is none, or one cannot sign; the message is for operators and holds none.</exception>
    public static IReadOnlyList<byte[]> Of(CallbackOptions options)
    {
        var lines = string.IsNullOrEmpty(options.SecretsFile) ? [] : File.ReadAllLines(options.SecretsFile);
        var secrets = options.Secrets.Concat(lines).Select(text => text.Trim()).Where(text => text.Length > 0).Select(Decode);
        IReadOnlyList<byte[]> keys = [.. SigningKey(options), .. secrets];
        return keys.Count > 0 ? keys : throw new FormatException("Callbacks has no signing key and no secret.");
    }

    private static IEnumerable<byte[]> SigningKey(CallbackOptions options)
    {
        var text = string.IsNullOrEmpty(options.SigningKeyFile) ? options.SigningKey : File.ReadAllText(options.SigningKeyFile).Trim();
        if (text is null || (text.Length == 0 && string.IsNullOrEmpty(options.SigningKeyFile)))
            return [];
        var key = Encoding.UTF8.GetBytes(text);
        return key.Length >= MinKeyBytes
            ? [key]
            : throw new FormatException($"Callbacks has a signing key of fewer than {MinKeyBytes} bytes.");
    }

    private static byte[] Decode(string secret)
    {
        var key = new byte[MaxSecretBytes];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length)
            && length >= MinSecretBytes
            ? key[..length]
            : throw new FormatException(
                $"Callbacks has a secret that is not {Prefix} and Base64 of {MinSecretBytes} to {MaxSecretBytes} bytes.");
    }
}
