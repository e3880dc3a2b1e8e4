using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Media.Audio;
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

    [Test]
    public async Task A_voice_is_made_of_a_recording_once_for_a_dub_and_a_speaker_and_removed_with_the_dub()
    {
        var synthesizer = Synthesizer(Host(Name, ("Voice", "es")), Name);
        var (dub, other) = (Guid.NewGuid(), Guid.NewGuid());
        var path = Host(Name).PathOf("sample.wav");
        await new WavFile(16000, new short[4 * 16000]).WriteAsync(path, default);

        var first = await synthesizer.CloneAsync(new VoiceSample(dub, "S1", path), Ledger, default);
        var again = await synthesizer.CloneAsync(new VoiceSample(dub, "S1", path), Ledger, default);
        var second = await synthesizer.CloneAsync(new VoiceSample(dub, "S2", path), Ledger, default);
        var others = await synthesizer.CloneAsync(new VoiceSample(other, "S1", path), Ledger, default);

        Assert.That(again, Is.EqualTo(first));
        Assert.That(Server.Clones.Keys, Is.SupersetOf(new[] { first, second, others }));
        await synthesizer.RemoveClonesAsync(dub, default);
        await synthesizer.RemoveClonesAsync(dub, default);
        Assert.That(Server.Clones.Keys, Does.Contain(others).And.Not.Contain(first).And.Not.Contain(second));
    }

    [Test]
    public async Task A_voice_that_the_server_does_not_remove_keeps_no_other_of_the_dub()
    {
        var synthesizer = Synthesizer(Host(Name, ("Voice", "es")), Name);
        var dub = Guid.NewGuid();
        // It is listed, and what is deleted is another: the server does not know it.
        Server.Clones["unknown/here"] = $"aidub-{dub:N}-S1";
        Server.Clones["es-9"] = $"aidub-{dub:N}-S2";
        Server.Clones["unknown/there"] = $"aidub-{dub:N}-S3";

        Assert.That(() => synthesizer.RemoveClonesAsync(dub, default), Throws.TypeOf<PermanentDubException>());

        Assert.That(Server.Clones.Keys, Does.Not.Contain("es-9"));
    }
}
