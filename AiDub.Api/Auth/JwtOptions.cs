using Microsoft.Extensions.Options;

namespace AiDub.Api.Auth;

/// <summary>
/// Whose tokens say who asks: configuration section <c>Auth:Jwt</c>. Without it the service is open, which only a developer's machine may
/// be.
/// </summary>
internal sealed class JwtOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Auth:Jwt";

    /// <summary>The OpenID Connect issuer whose published keys sign the tokens; https, or http on loopback. Default none.</summary>
    public string? Authority { get; set; }

    /// <summary>
    /// The HS256 key that signs the tokens, at least 32 bytes as UTF-8. Default none. Put it into a secret rather than into a setting.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>
    /// A file of HS256 keys, one a line, each of which is accepted. It is read again while the service runs, so that a key is replaced by
    /// adding the new one, waiting until no token of the old one lives, and removing that. Default none.
    /// </summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>The <c>iss</c> that tokens must carry. Default: the authority's; with a key, any.</summary>
    public string? Issuer { get; set; }

    /// <summary>The <c>aud</c> that tokens must carry. Default: any.</summary>
    public string? Audience { get; set; }

    /// <summary>Whether tokens are asked for at all.</summary>
    public bool IsConfigured => HasAuthority || HasKey;

    /// <summary>Whether an authority signs the tokens.</summary>
    public bool HasAuthority => !string.IsNullOrEmpty(Authority);

    /// <summary>Whether a key of ours signs the tokens.</summary>
    public bool HasKey => !string.IsNullOrEmpty(SigningKey) || !string.IsNullOrEmpty(SigningKeyFile);
}

/// <summary>Stops the start when <see cref="JwtOptions"/> cannot work.</summary>
internal sealed class JwtOptionsValidator : IValidateOptions<JwtOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, JwtOptions options)
    {
        if (Fault(options) is { } fault)
            return ValidateOptionsResult.Fail(fault);
        return options.HasKey ? Keys(options) : ValidateOptionsResult.Success;
    }

    private static string? Fault(JwtOptions options) => options switch
    {
        { HasAuthority: true, HasKey: true } => "Auth:Jwt has an Authority and a SigningKey: tokens are signed by one of them.",
        { HasAuthority: true } when !IsSafe(options.Authority!) => "Auth:Jwt:Authority is not an https address.",
        { IsConfigured: false } when !string.IsNullOrEmpty(options.Issuer) || !string.IsNullOrEmpty(options.Audience) =>
            "Auth:Jwt has an Issuer or an Audience, but neither an Authority nor a SigningKey to check tokens with.",
        _ => null,
    };

    private static bool IsSafe(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static ValidateOptionsResult Keys(JwtOptions options)
    {
        try
        {
            SigningKeys.Read(options);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail(e is FormatException ? e.Message : "Auth:Jwt:SigningKeyFile cannot be read.");
        }
    }
}
