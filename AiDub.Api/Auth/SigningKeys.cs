using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AiDub.Api.Auth;

/// <summary>The HS256 keys that tokens may be signed with now.</summary>
internal sealed class SigningKeys(IOptions<JwtOptions> options, TimeProvider clock, ILogger<SigningKeys> log)
{
    /// <summary>The shortest key, in bytes: as long as the hash (RFC 7518, section 3.2).</summary>
    public const int MinBytes = 32;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private IReadOnlyList<SymmetricSecurityKey> _keys = [];
    private DateTimeOffset? _readAt;

    /// <summary>
    /// The keys of the settings and of the file as it was at most a second ago; while the file cannot be used, those that it held before.
    /// </summary>
    public IReadOnlyList<SymmetricSecurityKey> Current
    {
        get
        {
            lock (_lock)
            {
                if (_readAt is not { } at || (clock.GetUtcNow() - at).Duration() >= Fresh)
                    Refresh();
                return _keys;
            }
        }
    }

    /// <summary>Reads the keys that the settings name.</summary>
    /// <exception cref="FormatException">There is none, or one is too short.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<SymmetricSecurityKey> Read(JwtOptions options)
    {
        var texts = string.IsNullOrEmpty(options.SigningKeyFile) ? [] : File.ReadAllLines(options.SigningKeyFile);
        var keys = texts
            .Append(options.SigningKey ?? "")
            .Select(text => text.Trim())
            .Where(text => text != "")
            .Select(Encoding.UTF8.GetBytes)
            .ToList();
        if (keys.Count == 0)
            throw new FormatException("Auth:Jwt:SigningKeyFile holds no key.");
        if (keys.Any(key => key.Length < MinBytes))
            throw new FormatException($"Auth:Jwt has a signing key of fewer than {MinBytes} bytes.");
        return [.. keys.Select(key => new SymmetricSecurityKey(key))];
    }

    private void Refresh()
    {
        try
        {
            _keys = Read(options.Value);
        }
        catch (Exception e) when (_keys.Count > 0 && e is FormatException or IOException or UnauthorizedAccessException)
        {
            log.LogError("The signing keys could not be read again, so those from before stay in use: {Reason}", e.GetType().Name);
        }
        _readAt = clock.GetUtcNow();
    }
}
