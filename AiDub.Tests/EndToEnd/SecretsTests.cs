using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.EndToEnd;

/// <summary>
/// No secret that the service is given is ever seen again: a canary in each of them, and every place that could tell of it.
/// </summary>
[TestFixture]
internal sealed partial class SecretsTests
{
    private const string Password = "canary-password-of-operators";

    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["Auth__Jwt__SigningKey"] = "canary-key-that-signs-tokens-0123456789",
        ["ConnectionStrings__Mongo"] = "mongodb://canary-user:canary-mongo@127.0.0.1:1",
        ["Objects__S3__AccessKey"] = "canary-s3-access",
        ["Objects__S3__SecretKey"] = "canary-s3-secret",
        ["Callbacks__SigningKey"] = "canary-key-that-signs-callbacks-0123456789",
        ["Callbacks__Secrets__0"] = "whsec_Y2FuYXJ5LXNlY3JldC1vZi13ZWJob29rcy0wMTIzNDU2Nzg5",
        ["Models__Token"] = "canary-models",
        ["Engines__OpenAi__ApiKey"] = "canary-openai",
        ["Engines__LibreTranslate__ApiKey"] = "canary-libretranslate",
        ["Engines__ElevenLabs__ApiKey"] = "canary-elevenlabs",
    };

    [Test]
    public void Every_setting_that_holds_a_secret_has_a_canary()
    {
        var options =
            new[] { typeof(global::AiDub.Api.Http.ApiOptions).Assembly, typeof(global::AiDub.Jobs.Queueing.WorkerOptions).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties().Where(p => p.DeclaringType == type && p.CanWrite
                && (p.PropertyType == typeof(string) || p.PropertyType == typeof(string[])) && SecretName().IsMatch(p.Name))
                .Select(p => $"{type.Name}.{p.Name}"));

        Assert.That(options, Is.EquivalentTo(new[]
        {
            "JwtOptions.SigningKey", "DashboardAccessOptions.PasswordHash", "S3Options.AccessKey", "S3Options.SecretKey",
            "MongoOptions.ConnectionString", "RemoteOptions.ApiKey", "CallbackOptions.SigningKey", "CallbackOptions.Secrets",
            "ModelsOptions.Token",
        }), "a new secret needs a canary in this test");
    }

    [Test]
    public async Task No_secret_is_seen_in_logs_records_pages_or_answers()
    {
        await using var vendors = await StandInServer.StartAsync();
        await using var clips = await ClipServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("aidub-secrets-").FullName;
        foreach (var (name, value) in Secrets)
            await File.WriteAllTextAsync(Path.Combine(folder, name), value + "\n");
        var passwordFile = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "password")).FullName, "file");
        await File.WriteAllTextAsync(passwordFile, Password);
        await using var server = new DubServer(
            ("AIDUB_SECRETS", folder), ("ASPNETCORE_ENVIRONMENT", "Production"), ("Logging__LogLevel__Default", "Debug"),
            ("Dashboard__User", "ops"), ("Dashboard__PasswordFile", passwordFile),
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"),
            ("Engines__Recognizer", "OpenAiRecognizer"),
            ("Engines__OpenAi__BaseUrl", $"{vendors.Root}/v1"), ("Engines__OpenAi__Retries", "0"),
            ("Engines__LibreTranslate__BaseUrl", vendors.Root),
            ("Engines__ElevenLabs__BaseUrl", vendors.Root), ("Engines__ElevenLabs__Voice", "es"));
        await server.StartAsync();
        vendors.Fail("/transcriptions", Fault.Unauthorized); // Its answer repeats the key.
        var token = Tokens.Signed("""{"sub":{"frontend_userid":51},EXP}""", key: Secrets["Auth__Jwt__SigningKey"]);
        server.Http.DefaultRequestHeaders.Authorization = Tokens.Bearer(token);
        var seen = new StringBuilder();

        var sample = clips.Serve(Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"));
        // One dub that is made, and one whose engine refuses the key it is shown.
        var made = await SubmitAsync(server, sample, "00:00:01,000 --> 00:00:02,500\nHola.");
        var refused = await SubmitAsync(server, sample, null);
        seen.Append(await EndAsync(server, made, HttpStatusCode.OK))
            .Append(await EndAsync(server, refused, HttpStatusCode.InternalServerError));
        foreach (var path in (string[])[$"/ai_dub/{made}", $"/ai_dub/{refused}", "/ai_dub/languages", "/swagger/v1/swagger.json",
            "/health/ready", "/nothing"])
            seen.Append(await server.Http.GetStringOfAnyStatusAsync(new Uri(server.BaseAddress, path)));
        server.Http.DefaultRequestHeaders.Authorization = Tokens.Bearer("canary-token-that-is-bad");
        seen.Append(await server.Http.GetStringOfAnyStatusAsync(new Uri(server.BaseAddress, $"/ai_dub/{made}")));
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"ops:{Password}")));
        var jobs = await server.Http.GetStringOfAnyStatusAsync(new Uri(server.BaseAddress, "/hangfire/jobs/succeeded"));
        seen.Append(jobs);
        var details = JobAddress().Matches(jobs).Select(m => m.Value).Distinct().ToList();
        Assert.That(details, Is.Not.Empty, jobs);
        foreach (var path in details.Concat(["/hangfire", "/hangfire/servers", "/hangfire/retries", "/hangfire/recurring",
            "/hangfire/jobs/failed"]))
            seen.Append(await server.Http.GetStringOfAnyStatusAsync(new Uri(server.BaseAddress, path)));
        await server.StopAsync();
        seen.Append(server.Log);
        foreach (var file in server.FilesUnder("").Where(File.Exists))
            seen.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));

        Directory.Delete(folder, recursive: true);
        Assert.That(seen.ToString(), Does.Contain($"{made}").And.Contain("AiDub jobs"), "the right places were looked at");
        Assert.That(Canary().Matches(seen.ToString()).Select(m => m.Value).Distinct(), Is.Empty);
        Assert.That(seen.ToString(), Does.Not.Contain(token.Split('.')[2]), "a token is a secret too");
    }

    private static async Task<Guid> SubmitAsync(DubServer server, Uri video, string? translation)
    {
        var (status, body) = await server.PostAsync(
            "/ai_dub", new { source_video_url = video.OriginalString, project_id = "ryan", to_lang = "es", from_lang = "en", translation });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return body.GetProperty("request_id").GetGuid();
    }

    private static async Task<string> EndAsync(DubServer server, Guid request, HttpStatusCode end)
    {
        (HttpStatusCode Status, JsonElement Body) answer = default;
        await DubServer.UntilAsync("the dub ends", async () =>
        {
            answer = await server.PostAsync("/ai_dub/progress", new { request_id = request });
            return answer.Status != HttpStatusCode.OK || answer.Body.TryGetProperty("result_url", out _);
        });
        Assert.That(answer.Status, Is.EqualTo(end), answer.Body.ToString() + server.Log);
        return answer.Body.ToString();
    }

    [GeneratedRegex("(Key|Secrets?|Password|PasswordHash|Token|ConnectionString)$", RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex("canary[-a-z0-9]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Canary();

    [GeneratedRegex("/hangfire/jobs/details/[-0-9a-f]+", RegexOptions.CultureInvariant)]
    private static partial Regex JobAddress();
}

/// <summary>Reads bodies whatever their status.</summary>
internal static class AnyStatus
{
    public static async Task<string> GetStringOfAnyStatusAsync(this HttpClient http, Uri address)
    {
        using var answer = await http.GetAsync(address);
        return $"{answer.Headers}{await answer.Content.ReadAsStringAsync()}";
    }
}
