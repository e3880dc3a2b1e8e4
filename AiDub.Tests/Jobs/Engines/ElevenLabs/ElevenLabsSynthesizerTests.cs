using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Engines.ElevenLabs;

internal sealed class ElevenLabsSynthesizerTests : VendorTests
{
    private const string Name = "ElevenLabs";

    [Test]
    public async Task A_text_is_spoken()
    {
        var host = Host(Name, ("Voice", "en"), ("Voices:es", "es"));
        var request = new SpeechRequest("La casa grande.", "es", null, 1.1) { Ledger = Ledger };
        Assert.That(await Synthesizer(host, Name).SpeakAsync(request, host.PathOf("a.wav"), default), Is.EqualTo("es"));
        var wav = WavInfo.Read(host.PathOf("a.wav"));
        Assert.That((wav.Rate, wav.Channels, wav.HeaderIsTrue), Is.EqualTo((22050, 1, true)));
        Assert.That(wav.Peak, Is.GreaterThan(0.1));
        Assert.That(Server.Requests.Single().Key, Is.EqualTo(StandInServer.Key));
        Assert.That(Server.Requests.Single().Text, Does.Contain("\"speed\":1.1").And.Contain("eleven_multilingual_v2"));
        Assert.That((Ledger.Calls, Ledger.Characters), Is.EqualTo((1, 15)));
    }

    [TestCase("../../v1/user")]
    [TestCase("es?x=y")]
    [TestCase("")]
    public void A_voice_that_is_no_id_is_refused(string voice)
    {
        var host = Host(Name, ("Voice", "es"));
        Assert.That(() => Synthesizer(host, Name).SpeakAsync(new SpeechRequest("Hola", "es", voice), host.PathOf("a.wav"), default),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.VoiceUnknown));
        Assert.That(Server.Requests, Is.Empty);
    }

    [Test]
    public async Task It_speaks_only_with_a_key_and_a_voice()
    {
        Assert.That(await Synthesizer(Host(Name), Name).LanguagesAsync(default), Is.Empty);
        Assert.That(await Synthesizer(Host(Name, ("Voice", "es")), Name).LanguagesAsync(default), Has.Count.EqualTo(29));
    }
}
