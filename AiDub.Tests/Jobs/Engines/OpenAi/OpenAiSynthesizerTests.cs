using System.Text.Json.Nodes;
using AiDub.Domain.Ports;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Engines.OpenAi;

internal sealed class OpenAiSynthesizerTests : VendorTests
{
    private const string Name = "OpenAiSynthesizer";

    private async Task<(string Voice, WavInfo Wav)> SpeakAsync(EngineHost host, string text, string language = "es", double rate = 1)
    {
        var path = host.PathOf($"{Guid.NewGuid():N}.wav");
        var voice = await Synthesizer(host, Name)
            .SpeakAsync(new SpeechRequest(text, language, null, rate) { Ledger = Ledger }, path, default);
        Assert.That(Directory.GetFiles(host.Folder), Has.Length.EqualTo(1), "nothing is left beside it");
        var wav = WavInfo.Read(path);
        Assert.That((wav.Format, wav.Channels, wav.Bits, wav.HeaderIsTrue), Is.EqualTo((1, 1, 16, true)));
        File.Delete(path);
        return (voice, wav);
    }

    [TestCase("wav")]
    [TestCase("pcm")]
    public async Task A_text_is_spoken_by_its_language_s_voice_at_the_rate_asked_for(string format)
    {
        var host = Host(Name, ("ResponseFormat", format), ("PcmRate", "22050"), ("Voice", "en"), ("Voices:es", "es"));
        var (voice, normal) = await SpeakAsync(host, "La casa grande es de los veinte animales.");
        var (_, fast) = await SpeakAsync(host, "La casa grande es de los veinte animales.", rate: 1.5);
        var (english, _) = await SpeakAsync(host, "The house.", "en");
        Assert.That((voice, english), Is.EqualTo(("es", "en")));
        Assert.That(normal.Peak, Is.GreaterThan(0.1));
        Assert.That(normal.Seconds / fast.Seconds, Is.EqualTo(1.5).Within(0.25));
        var sent = JsonNode.Parse(Server.Requests.ElementAt(1).Body)!;
        Assert.That(
            (sent["model"]!.GetValue<string>(), sent["voice"]!.GetValue<string>(), sent["speed"]!.GetValue<double>()),
            Is.EqualTo(("gpt-4o-mini-tts", "es", 1.5)));
        Assert.That((Ledger.Calls, Ledger.Characters), Is.EqualTo((3, 41 + 41 + 10)));
    }

    [Test]
    public async Task A_text_with_nothing_to_say_costs_nothing()
    {
        Assert.That((await SpeakAsync(Host(Name), "…!")).Wav.Peak, Is.Zero);
        Assert.That(Server.Requests, Is.Empty);
    }

    [Test]
    public async Task A_speaker_s_own_voice_is_asked_for_by_a_recording_where_the_server_takes_one()
    {
        var host = Host(Name, ("Voice", "es"), ("SampleField", "ref_audio"));
        var path = host.PathOf("sample.wav");
        await new WavFile(16000, new short[4 * 16000]).WriteAsync(path, default);
        var synthesizer = Synthesizer(host, Name);

        var voice = await synthesizer.CloneAsync(new VoiceSample(Guid.NewGuid(), "S2", path), Ledger, default);
        var request = new SpeechRequest("La casa grande.", "es", voice, 1.1) { Ledger = Ledger, Sample = path };
        var said = await synthesizer.SpeakAsync(request, host.PathOf("a.wav"), default);

        Assert.That((synthesizer.ClonesVoices, voice, said), Is.EqualTo((true, "clone:S2", "clone:S2")));
        Assert.That(
            Server.Requests.Single().Text,
            Does.Contain("\"ref_audio\":\"data:audio/wav;base64,UklGR").And.Contain("\"voice\":\"es\""));
        Assert.That(Synthesizer(Host(Name, ("Voice", "es")), Name).ClonesVoices, Is.False);
    }
}
