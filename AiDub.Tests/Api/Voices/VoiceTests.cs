using AiDub.Api.Voices;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Jobs.Storage;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.Jobs.Dubbing.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api.Voices;

/// <summary>Voices are listed, and heard before a dub is made.</summary>
public sealed class VoiceTests
{
    private static readonly LanguageTag Spanish = new("es");

    private ApiHost _api = null!;
    private FakeSynthesizer _voice = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Renew() => _voice = new FakeSynthesizer();

    [Test]
    public async Task The_voices_of_a_language_are_listed_with_what_is_known_of_them()
    {
        var answer = await (await GetAsync("voices?to_lang=es-MX")).ReadAsync(200);

        Assert.That((answer.Text("to_lang"), answer.Text("engine")), Is.EqualTo(("es", "Espeak")));
        var voices = answer.GetProperty("voices").EnumerateArray().ToList();
        Assert.That(voices.Select(v => v.Text("name")), Is.Unique.And.Some.EndsWith("+f2"));
        Assert.That(voices.Select(v => v.Text("gender")).Distinct(), Is.EquivalentTo(new[] { "female", "male" }));
    }

    [Test]
    public async Task A_voice_says_its_sample_as_a_WAV_file()
    {
        using var answer = await GetAsync("voices/preview?to_lang=es&voice=es%2Bf2");

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("audio/wav"));
        Assert.That((await answer.Content.ReadAsByteArrayAsync())[..4], Is.EqualTo("RIFF"u8.ToArray()));
    }

    [TestCase("voices", "to_lang_missing")]
    [TestCase("voices?to_lang=xx", "to_lang_invalid")]
    [TestCase("voices/preview?to_lang=es&voice=nobody", "voice_invalid")]
    [TestCase("voices/preview?to_lang=es&text=...", "text_invalid")]
    public async Task What_is_wrong_is_refused_with_its_code(string path, string code) =>
        await (await GetAsync(path)).ReadErrorAsync(400, code);

    [Test]
    public async Task A_text_that_is_longer_than_may_be_heard_is_refused()
    {
        var answer = await GetAsync($"voices/preview?to_lang=es&text={new string('a', 201)}");

        await answer.ReadErrorAsync(400, "text_invalid");
    }

    [Test]
    public async Task The_same_text_in_the_same_voice_is_spoken_once()
    {
        using var previews = Previews();

        await previews.SpeakAsync(51, Spanish, null, "Hola.", default);
        await previews.SpeakAsync(52, Spanish, null, "Hola.", default);
        await previews.SpeakAsync(51, Spanish, "Ana", "Hola.", default);

        Assert.That(_voice.Asked.Select(asked => (asked.Text, asked.Voice)), Is.EqualTo(new[] { ("Hola.", null), ("Hola.", "Ana") }));
    }

    [Test]
    public async Task A_user_hears_only_so_many_at_a_time_and_then_more()
    {
        _voice.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var previews = Previews();
        var first = previews.SpeakAsync(51, Spanish, null, "Uno.", default);

        var second = await previews.SpeakAsync(51, Spanish, null, "Dos.", default);
        _voice.Gate.SetResult();
        await first;

        Assert.That(second, Is.InstanceOf<PreviewOutcome.TooMany>());
        Assert.That(await previews.SpeakAsync(51, Spanish, null, "Dos.", default), Is.InstanceOf<PreviewOutcome.Spoken>());
    }

    [Test]
    public void An_engine_that_does_not_come_to_an_end_is_given_up()
    {
        _voice.Gate = new TaskCompletionSource();
        using var previews = Previews();

        Assert.That(
            async () => await previews.SpeakAsync(51, Spanish, null, "Hola.", default), Throws.InstanceOf<TransientDubException>());
    }

    private VoicePreviews Previews() => new(
        FakeSynthesizer.InOrder(_voice),
        _api.Services.GetRequiredService<Scratch>(),
        Options.Create(new VoiceOptions { MaxPerUser = 1, TimeoutSeconds = 1 }));

    private Task<HttpResponseMessage> GetAsync(string path) =>
        _api.Client.GetAsync($"/ai_dub/{path}{(path.Contains('?') ? '&' : '?')}user_id=51");
}
