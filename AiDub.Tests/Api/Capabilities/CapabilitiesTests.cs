using System.Text.Json;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;
using Microsoft.AspNetCore.Hosting;

namespace AiDub.Tests.Api.Capabilities;

/// <summary>A front end learns what it may ask for without reading the whole OpenAPI document.</summary>
public sealed class CapabilitiesTests
{
    [Test]
    public async Task The_operations_are_those_of_the_OpenAPI_document()
    {
        await using var api = new ApiHost();
        var document = JsonElement.Parse(await api.Client.GetStringAsync("/swagger/v1/swagger.json"));
        var described = from path in document.GetProperty("paths").EnumerateObject()
                        from operation in path.Value.EnumerateObject()
                        select $"{operation.Name.ToUpperInvariant()} {path.Name}";

        var answer = await (await api.Client.GetAsync("/ai_dub/capabilities")).ReadAsync(200);

        Assert.That(answer.GetProperty("operations").EnumerateArray().Select(o => o.GetString()), Is.EquivalentTo(described));
        Assert.That(answer.GetRawText(), Has.Length.LessThan(2000), "it is read before the page can be used");
    }

    [Test]
    public async Task The_settings_of_the_service_are_told_as_they_are()
    {
        await using var api = new ApiHost(builder => builder
            .UseSetting("Dubbing:KeepEditableHours", "2")
            .UseSetting("Source:MaxBytes", "1000")
            .UseSetting("Voices:PreviewCharacters", "50")
            .UseSetting("Callbacks:SigningKey", new string('k', 32)));

        var answer = await (await api.Client.GetAsync("/ai_dub/capabilities")).ReadAsync(200);

        Assert.That(
            (answer.GetProperty("keep_editable_hours").GetDouble(), answer.GetProperty("max_source_bytes").GetInt64(),
                answer.GetProperty("preview_characters").GetInt32(), answer.GetProperty("callbacks").GetBoolean()),
            Is.EqualTo((2.0, 1000L, 50, true)));
    }

    [TestCase("Development", null, "/samples/talk.mp4")]
    [TestCase("Development", "https://dubs.example.com", null, Description = "it would be fetched from there")]
    [TestCase("Production", null, null)]
    public async Task A_sample_is_named_where_there_is_one(string environment, string? address, string? path)
    {
        await using var api = new ApiHost(builder => builder
            .UseEnvironment(environment)
            .UseSetting("Api:PublicBaseUrl", address)
            .UseSetting("Auth:Jwt:SigningKey", Tokens.Key));
        api.Client.DefaultRequestHeaders.Authorization = Tokens.Bearer(Tokens.Of(51));

        var answer = await (await api.Client.GetAsync("/ai_dub/capabilities")).ReadAsync(200);

        var named = answer.TryGetProperty("sample_video_url", out var url) ? new Uri(url.GetString()!) : null;
        Assert.That(named, Is.EqualTo(path is null ? null : new Uri(api.Client.BaseAddress!, path)));
    }

    [TestCase("Espeak", false)]
    [TestCase("Espeak,ElevenLabs", true)]
    public async Task That_speakers_can_have_their_own_voices_is_told_where_an_engine_can_make_them(string engines, bool clones)
    {
        await using var api = new ApiHost(builder => builder
            .UseSetting("Engines:Synthesizer", engines)
            .UseSetting("Engines:ElevenLabs:Voice", "es")
            .UseSetting("Engines:ElevenLabs:ApiKey", "key"));

        var answer = await (await api.Client.GetAsync("/ai_dub/capabilities")).ReadAsync(200);

        Assert.That(answer.GetProperty("clones_voices").GetBoolean(), Is.EqualTo(clones));
    }
}
