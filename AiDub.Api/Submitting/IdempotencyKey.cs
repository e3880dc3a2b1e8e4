using AiDub.Api.Errors;
using AiDub.Api.Wire;

namespace AiDub.Api.Submitting;

/// <summary>The header by which a client says that it repeats itself.</summary>
internal static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = WireHeaders.IdempotencyKey;

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>What was sent is no key.</summary>
    public static ErrorBody Invalid { get; } =
        Refusal.Of(ErrorCodes.IdempotencyKeyInvalid, $"{Header} is not one value of 1 to {MaxLength} visible ASCII characters");

    /// <summary>The key stands for another submission.</summary>
    public static ErrorBody Reused { get; } =
        Refusal.Of(ErrorCodes.IdempotencyKeyReused, $"{Header} was sent with another request before");

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
