using System.Text.Json;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Models;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api.Languages;

public sealed class LanguagesTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TearDown]
    public void Reset() => _api.Reset();

    [Test]
    public async Task Languages_are_listed_with_their_engines_names_and_quality()
    {
        var answer = JsonElement.Parse(await _api.Client.GetStringAsync("/ai_dub/languages"));

        Assert.That(answer.GetProperty("sources").GetRawText(), Is.EqualTo(
            """[{"recognizers":["fixed"],"lang":"en","name":"English","native_name":"English","script":"Latn","direction":"ltr"}]"""));
        var targets = answer.GetProperty("targets").EnumerateArray().ToDictionary(t => t.GetProperty("lang").GetString()!);
        Assert.That(targets.Keys, Is.EqualTo((string[])["ca", "en", "es", "id"]));
        Assert.That(targets["id"].GetRawText(), Is.EqualTo(
            """{"quality":"draft","from":[{"lang":"en","translators":["fixed"],"quality":"draft"}],"synthesizers":["fixed"],"lang":"id","""
            + """
              "name":"Indonesian","native_name":"Indonesia","script":"Latn","direction":"ltr"}
              """));
        Assert.That(targets["es"].GetProperty("quality").GetString(), Is.EqualTo("standard"));
        Assert.That(
            targets["en"].GetProperty("from")[0].GetProperty("translators").EnumerateArray(), Is.Empty, "nothing is to be translated");
    }

    [TestCase(null, "./aidub models get light --to es")]
    [TestCase(Tokens.Key, null, Description = "who has a token need not be who runs the service")]
    public async Task Who_runs_the_service_is_told_what_brings_better_engines(string? key, string? command)
    {
        await using var api = new ApiHost(builder => builder
            .UseSetting("Auth:Jwt:SigningKey", key)
            .ConfigureTestServices(services =>
            {
                services.AddSingleton(new ModelFolder(null, ModelCatalogue.Carried));
                services.AddSingleton(Options.Create(new EnginesOptions { Recognizer = ["Whisper", "fixed"] }));
            }));
        api.Client.DefaultRequestHeaders.Authorization = Tokens.Bearer(Tokens.Of(51));

        var answer = JsonElement.Parse(await api.Client.GetStringAsync("/ai_dub/languages"));

        var spanish = answer.GetProperty("targets").EnumerateArray().Single(target => target.GetProperty("lang").GetString() == "es");
        Assert.That(spanish.TryGetProperty("better_by", out var better) ? better.GetString() : null, Is.EqualTo(command));
    }

    [Test]
    public async Task An_engine_that_does_not_answer_is_an_error_of_the_contract()
    {
        _api.Engines.Fault = new InvalidOperationException("broken");

        var answer = await _api.Client.GetAsync("/ai_dub/languages");

        await answer.ReadErrorAsync(500, "internal_error");
    }

    [TestCase("id-ID", "id", "ID")]
    [TestCase("in", "id", null)]
    [TestCase("spa", "es", null)]
    [TestCase("es_mx", "es", "MX")]
    public async Task A_tag_is_stored_normalised(string sent, string language, string? region)
    {
        var body =
            $$"""{"source_video_url":"https://a.example/a.mp4","user_id":51,"project_id":"ryan","to_lang":"{{sent}}","from_lang":"eng"}""";
        var id = (await (await _api.PostAsync("/ai_dub", body)).ReadAsync(200)).GetProperty("request_id").GetGuid();

        var order = (await _api.Progress.FindAsync(id, default))!.Order;
        Assert.That((order.ToLang, order.ToRegion, order.FromLang), Is.EqualTo((language, region, "en")));
    }
}
