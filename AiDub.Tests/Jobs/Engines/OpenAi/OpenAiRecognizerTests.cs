using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Tests.Domain.Speech;
using AiDub.Tests.Jobs.Engines.PocketSphinx;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Engines.OpenAi;

internal sealed class OpenAiRecognizerTests : VendorTests
{
    private const string Name = "OpenAiRecognizer";

    [Test]
    [Category("Long")]
    public async Task A_long_recording_goes_in_stretches_and_comes_back_as_one_transcript()
    {
        var host = Host(Name, ("ChunkSeconds", "10"));
        var transcript = await RecognizeAPersonAsync(Recognizer(host, Name), host);

        Assert.That(transcript.Language, Is.EqualTo("en"), "the server said \"english\"");
        Assert.That(transcript.Engine, Is.EqualTo("OpenAiRecognizer whisper-1"));
        var (samples, said) = Recordings.ReadByAPerson();
        Assert.That(WordErrorRate.Of(said, string.Join(' ', transcript.Segments.Select(s => s.Text))).Rate, Is.LessThan(0.4));
        Assert.That(Server.Requests, Has.Count.InRange(3, 5));
        Assert.That(Server.Requests.Select(r => r.Body.Length), Has.All.LessThan((10 * 32000) + 2000));
        Assert.That(
            transcript.Segments[^1].End,
            Is.InRange(samples.Length / 16000.0 - 4, samples.Length / 16000.0),
            "stretches are put where they were cut out");
        Assert.That(Ledger.Calls, Is.EqualTo(Server.Requests.Count));
        Assert.That(Ledger.Seconds, Is.InRange(15, samples.Length / 16000.0));
    }

    [Test]
    public async Task The_language_that_the_first_stretch_told_is_given_with_the_others()
    {
        var host = Host(Name, ("ChunkSeconds", "10"));
        await RecognizeAPersonAsync(Recognizer(host, Name), host);
        Assert.That(Server.Requests.First().Text, Does.Not.Contain("name=language"));
        Assert.That(Server.Requests.Skip(1).Select(r => r.Text), Has.All.Contain("name=language"));
    }

    [Test]
    [Category("Long")]
    public void A_server_that_tells_no_language_needs_from_lang()
    {
        Server.TellsLanguage = false;
        var host = Host(Name);
        Assert.That(
            () => RecognizeAPersonAsync(Recognizer(host, Name), host),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.FromLangUnknown));
        Assert.That(async () => (await RecognizeAPersonAsync(Recognizer(host, Name), host, "en")).Language, Is.EqualTo("en"));
    }

    [Test]
    public async Task Stretches_that_were_heard_before_a_fault_are_not_paid_for_again()
    {
        var host = Host(Name, ("ChunkSeconds", "10"), ("Retries", "0"), ("Concurrency", "1"));
        Server.Fail("/transcriptions", Fault.None, Fault.None, Fault.ServerError);
        Assert.That(() => RecognizeAPersonAsync(Recognizer(host, Name), host), Throws.TypeOf<TransientDubException>());
        Assert.That(Ledger.Kept, Has.Count.EqualTo(2));
        var (before, seconds) = (Server.Requests.Count, Ledger.Seconds);

        await RecognizeAPersonAsync(Recognizer(host, Name), host);

        // The first was heard before the language was known, the second after: both are found again.
        Assert.That(Server.Requests, Has.Count.EqualTo(before + Ledger.Kept.Count - 2));
        Assert.That(Ledger.Seconds, Is.GreaterThan(seconds));
    }

    [Test]
    public async Task Silence_costs_nothing()
    {
        var host = Host(Name);
        var path = await Recordings.WriteAsync(host, Recordings.Silence(4));
        var transcript = await Recognizer(host, Name)
            .RecognizeAsync(new RecognitionRequest(path, null, host.Folder), new Progress<double>(), default);
        Assert.That(transcript.Segments, Is.Empty);
        Assert.That(Server.Requests, Is.Empty);
    }

    [Test]
    public async Task It_offers_languages_only_when_it_is_set_up()
    {
        using var bare = new EngineHost();
        Assert.That(await Recognizer(bare, Name).LanguagesAsync(default), Is.Empty);
        Assert.That(await Recognizer(Host(Name), Name).LanguagesAsync(default), Has.Count.InRange(95, 100));
        Assert.That(
            await Recognizer(Host(Name, ("Languages:0", "pt-BR"), ("Languages:1", "in")), Name).LanguagesAsync(default),
            Is.EquivalentTo((string[])["pt", "id"]));
    }
}
