using System.Net;
using System.Security.Cryptography;
using AiDub.Api.Auth;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.Jobs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AiDub.Tests.Api.Auth;

/// <summary>Keys are replaced while the service runs.</summary>
public sealed class KeyRotationTests
{
    private const string Old = "the old key of the service, long enough for HS256";
    private const string New = "the new key of the service, long enough for HS256";

    [Test]
    public void A_key_file_that_changes_is_read_again_and_old_and_new_keys_may_overlap()
    {
        using var data = new TestData();
        var clock = Samples.Clock();
        var file = data.Write("keys", Old + "\n");
        var keys = new SigningKeys(Options.Create(new JwtOptions { SigningKeyFile = file }), clock, NullLogger<SigningKeys>.Instance);
        List<string> Current()
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return [.. keys.Current.Select(key => System.Text.Encoding.UTF8.GetString(key.Key))];
        }

        Assert.That(Current(), Is.EqualTo(new[] { Old }));
        data.Write("keys", $"{New}\r\n\n{Old}");
        Assert.That(Current(), Is.EqualTo(new[] { New, Old }));
        data.Write("keys", New);
        Assert.That(Current(), Is.EqualTo(new[] { New }));
        data.Write("keys", "short");
        Assert.That(Current(), Is.EqualTo(new[] { New }), "a file that cannot be used changes nothing");
        File.Delete(file);
        Assert.That(Current(), Is.EqualTo(new[] { New }));
    }

    [Test]
    public async Task A_token_of_a_key_that_the_authority_has_only_just_published_is_taken()
    {
        using var first = RSA.Create(2048);
        using var second = RSA.Create(2048);
        var published = Published("first", first);
        var issuer = "";
        var login = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--urls", "http://127.0.0.1:0"] }).Build();
        login.MapGet(
            "/.well-known/openid-configuration",
            () => Results.Text($$"""{"issuer":"{{issuer}}","jwks_uri":"{{issuer}}/keys"}""", "application/json"));
        login.MapGet("/keys", () => Results.Text($$"""{"keys":[{{published}}]}""", "application/json"));
        await login.StartAsync();
        issuer = login.Urls.Single();
        await using var api = new ApiHost(builder => builder.UseSetting("Auth:Jwt:Authority", issuer));
        var claims = $$"""{"iss":"{{issuer}}","frontend_userid":51,EXP}""";

        Assert.That(await PollAsync(api, Tokens.SignedBy(first, "first", claims)), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(
            await PollAsync(api, Tokens.SignedBy(second, "second", claims)), Is.EqualTo(HttpStatusCode.Unauthorized),
            "it is not published yet");
        Assert.That(
            await PollAsync(api, Tokens.SignedBy(first, "first", claims.Replace(issuer, "https://evil.example", StringComparison.Ordinal))),
            Is.EqualTo(HttpStatusCode.Unauthorized), "the issuer is the authority's");
        Assert.That(await PollAsync(api, Tokens.Signed(claims, key: Convert.ToBase64String(first.ExportRSAPublicKey()))),
            Is.EqualTo(HttpStatusCode.Unauthorized), "the public key is no HMAC key");

        await using var later = new ApiHost(builder => builder.UseSetting("Auth:Jwt:Authority", issuer));
        await PollAsync(later, Tokens.SignedBy(first, "first", claims));
        published = Published("second", second);
        await EndToEnd.DubServer.UntilAsync(
            "the new key is known",
            async () => await PollAsync(later, Tokens.SignedBy(second, "second", claims)) == HttpStatusCode.NotFound);
        await login.DisposeAsync();
    }

    private static string Published(string id, RSA key)
    {
        var parameters = key.ExportParameters(false);
        var (n, e) = (Base64UrlEncoder.Encode(parameters.Modulus), Base64UrlEncoder.Encode(parameters.Exponent));
        return $$"""{"kty":"RSA","use":"sig","kid":"{{id}}","n":"{{n}}","e":"{{e}}"}""";
    }

    private static async Task<HttpStatusCode> PollAsync(ApiHost api, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub/progress")
        {
            Content = ApiHost.Json($$"""{"request_id":"{{Guid.NewGuid()}}"}"""),
            Headers = { Authorization = Tokens.Bearer(token) },
        };
        return (await api.Client.SendAsync(request)).StatusCode;
    }
}
