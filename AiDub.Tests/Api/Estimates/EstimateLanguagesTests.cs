using AiDub.Jobs.Engines;
using AiDub.Tests.Api.Fakes;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api.Estimates;

/// <summary>What an estimate says of the languages that it is asked for.</summary>
public sealed class EstimateLanguagesTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost(builder => builder.ConfigureTestServices(services =>
    {
        var engines = new FixedEngines();
        var names = Options.Create(new EnginesOptions { Recognizer = ["fixed"], Translator = ["fixed"], Synthesizer = ["fixed"] });
        services.AddSingleton(new Recognizers([engines], names));
        services.AddSingleton(new Translators([engines], names));
        services.AddSingleton(new Synthesizers([engines], names));
    }));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("to_lang=es,ja", Description = "as the page sends it")]
    [TestCase("to_lang=es&to_lang=ja", Description = "as clients write lists")]
    public async Task The_one_of_several_that_cannot_be_dubbed_into_is_named(string languages)
    {
        const string source = "source_video_url=https%3A%2F%2Fa.example%2Fv.mp4";

        var answer = await _api.Client.GetAsync($"/ai_dub/estimate?user_id=51&{source}&{languages}");

        var error = await answer.ReadErrorAsync(400, "to_lang_unsupported");
        Assert.That(error.Text("msg"), Is.EqualTo("No installed engine can dub into Japanese (ja)."));
    }
}
