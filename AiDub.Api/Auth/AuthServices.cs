using AiDub.Jobs.Settings;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AiDub.Api.Auth;

/// <summary>Who asks.</summary>
internal static class AuthServices
{
    // What the host looks for: with MVC's services it would else ask every request who it is of, in front of everything.
    private const string IsAuthenticationUsed = "__AuthenticationMiddlewareSet";

    private static readonly string[] KeyAlgorithms = [SecurityAlgorithms.HmacSha256];

    private static readonly string[] AuthorityAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>
    /// Adds bearer tokens where <c>Auth:Jwt</c> is configured; where it is not, the refusal to start anywhere but on a developer's machine.
    /// </summary>
    public static IServiceCollection AddAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<JwtOptions>(JwtOptions.Section);
        services.AddSingleton<IValidateOptions<JwtOptions>, JwtOptionsValidator>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenHandler>();
        services.AddHostedService<OpenMode>();
        services.AddAuthorization();
        // Without keys nobody can be told apart, whatever they send: a scheme that is there is asked at every request.
        if (configuration.GetSection(JwtOptions.Section).Get<JwtOptions>() is not { IsConfigured: true })
            return services;
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<JwtOptions>, SigningKeys, TokenHandler>(
                (bearer, jwt, keys, handler) => Configure(bearer, jwt.Value, keys, handler));
        return services;
    }

    /// <summary>Finds out who asks, and turns away who asks too often or may not.</summary>
    public static WebApplication UseAuth(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<JwtOptions>>().Value.IsConfigured)
            app.UseAuthentication();
        else
            ((IApplicationBuilder)app).Properties[IsAuthenticationUsed] = true;
        app.UseRateLimiter();
        app.UseAuthorization();
        return app;
    }

    /// <summary>Asks for a token at these endpoints, where tokens are configured.</summary>
    public static TBuilder RequireToken<TBuilder>(this TBuilder endpoints, IServiceProvider services)
        where TBuilder : IEndpointConventionBuilder =>
        services.GetRequiredService<IOptions<JwtOptions>>().Value.IsConfigured ? endpoints.RequireAuthorization() : endpoints;

    private static void Configure(JwtBearerOptions bearer, JwtOptions jwt, SigningKeys keys, TokenHandler handler)
    {
        var authority = jwt.HasAuthority;
        if (authority)
        {
            bearer.Authority = jwt.Authority;
            bearer.RequireHttpsMetadata = jwt.Authority!.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
            // How soon a second unknown key makes the authority be asked again; the first one does at once.
            bearer.RefreshInterval = TimeSpan.FromSeconds(30);
        }
        bearer.MapInboundClaims = false;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(handler);
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = authority ? AuthorityAlgorithms : KeyAlgorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromSeconds(60),
            ValidateIssuer = authority || !string.IsNullOrEmpty(jwt.Issuer),
            ValidIssuer = string.IsNullOrEmpty(jwt.Issuer) ? null : jwt.Issuer,
            ValidateAudience = !string.IsNullOrEmpty(jwt.Audience),
            ValidAudience = string.IsNullOrEmpty(jwt.Audience) ? null : jwt.Audience,
            ValidateIssuerSigningKey = true,
        };
        if (!authority)
            bearer.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, _, _) => jwt.HasKey ? keys.Current : [];
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = validated =>
            {
                if (UserClaim.Of(validated.Principal!) is null)
                    validated.Fail(new UserMissingException());
                return Task.CompletedTask;
            },
            OnChallenge = AuthErrors.AnswerAsync,
        };
    }
}
