namespace AiDub.Api.Wire;

/// <summary>The header by which a client says that it repeats itself.</summary>
public static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>Reads the key; null when none was sent.</summary>
    /// <returns>False when what was sent is not one value of 1 to 255 visible ASCII characters.</returns>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var sent))
            return true;
        key = sent is [{ Length: > 0 and <= MaxLength } only] && only.All(c => c is > ' ' and < '\x7f') ? only : null;
        return key is not null;
    }
}
