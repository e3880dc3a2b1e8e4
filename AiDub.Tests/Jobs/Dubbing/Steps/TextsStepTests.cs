using System.Text;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

public sealed class TextsStepTests
{
    private const string Address = "https://example.com/a.srt";
    private const string Srt = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n";

    private readonly Guid _id = Guid.NewGuid();
    private readonly FakeFetcher _fetcher = new();
    private StepBench _bench = null!;

    [TearDown]
    public void Close()
    {
        _bench.Dispose();
        _fetcher.Served.Clear();
    }

    [Test]
    public async Task A_text_that_was_sent_with_the_order_is_read()
    {
        Order(transcript: ObjectKeys.GivenTranscript(_id));
        await _bench.Artifacts.WriteTextAsync(ObjectKeys.GivenTranscript(_id), Srt, "text/plain", default);

        var given = await ReadAsync();

        Assert.That(given.Transcript!.Select(t => (t.Start, t.Text)), Is.EqualTo(new[] { (1.0, "Hello.") }));
        Assert.That(given.Translation, Is.Null);
        Assert.That(_bench.Warned, Is.Empty);
    }

    [Test]
    public async Task A_text_at_an_address_is_fetched()
    {
        Order(translation: Address);
        _fetcher.Served[Address] = Encoding.UTF8.GetBytes(Srt);

        Assert.That((await ReadAsync()).Translation!.Single().Text, Is.EqualTo("Hello."));
    }

    [Test]
    public async Task A_text_that_was_uploaded_is_taken_from_where_it_lies()
    {
        var upload = ObjectKeys.Upload(DateTimeOffset.UnixEpoch, 51, _id);
        Order(transcript: await StepBench.AddressAsync(upload));
        await _bench.UploadAsync(upload, Encoding.UTF8.GetBytes(Srt));

        Assert.That((await ReadAsync()).Transcript!.Single().Text, Is.EqualTo("Hello."));
    }

    [Test]
    public async Task What_was_mended_is_told()
    {
        Order(transcript: Address);
        _fetcher.Served[Address] = Encoding.UTF8.GetBytes(Srt + "\n2\n00:00:05,000 --> 00:00:03,000\nBackwards.\n");

        await ReadAsync();

        Assert.That(_bench.Warned, Is.EqualTo(new[] { "text_repaired" }));
        Assert.That(_bench.Context.Warnings.Single().Msg, Does.StartWith("The transcript was not as it should be"));
    }

    [TestCase("Доброе утро, как вы себя чувствуете?", true)]
    [TestCase("Buenos días, ¿cómo está usted hoy?", false)]
    [TestCase("Тик-так.", false)]
    public async Task A_translation_in_letters_that_its_language_is_not_written_in_is_warned_of(string said, bool isOdd)
    {
        Order(translation: Address);
        _fetcher.Served[Address] = Encoding.UTF8.GetBytes(Srt.Replace("Hello.", said, StringComparison.Ordinal));

        Assert.That((await ReadAsync()).Translation!.Single().Text, Is.EqualTo(said), "it is spoken all the same");

        Assert.That(_bench.Warned, Is.EqualTo(isOdd ? ["text_script_differs"] : Array.Empty<string>()));
        Assert.That(_bench.Context.Warnings.Select(w => w.Msg), Has.All.Contains("The translation").And.All.Contains("Spanish"));
    }

    [Test]
    public void What_is_not_there_fails_by_the_name_of_the_text()
    {
        Order(translation: Address);

        var error = Assert.ThrowsAsync<PermanentDubException>(ReadAsync)!;

        Assert.That(error.Code.Value, Is.EqualTo("translation_unavailable"));
        Assert.That(error.Message, Is.EqualTo("The translation could not be fetched: there is no file at its address."));
    }

    [Test]
    public async Task An_upload_that_is_larger_than_a_text_may_be_is_refused()
    {
        var upload = ObjectKeys.Upload(DateTimeOffset.UnixEpoch, 51, _id);
        Order(transcript: await StepBench.AddressAsync(upload));
        await _bench.UploadAsync(upload, new byte[TextsStep.MaxBytes + 1]);

        var error = Assert.ThrowsAsync<PermanentDubException>(ReadAsync)!;

        Assert.That(error.Code.Value, Is.EqualTo("transcript_unavailable"));
        Assert.That(error.Message, Does.Contain("larger than 8 MB"));
    }

    [Test]
    public void What_is_no_text_with_times_is_refused()
    {
        Order(transcript: Address);
        _fetcher.Served[Address] = Encoding.UTF8.GetBytes("Dear sir, hello.");

        Assert.That(ReadAsync, Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.TranscriptInvalid));
    }

    [TestCase(null, null, false)]
    [TestCase(Address, null, true)]
    [TestCase(null, Address, true)]
    public void Only_an_order_with_a_text_needs_it(string? transcript, string? translation, bool isNeeded)
    {
        Order(transcript, translation);

        Assert.That(new TextsStep(_fetcher, _bench.Objects).IsNeeded(_bench.Order), Is.EqualTo(isNeeded));
    }

    private void Order(string? transcript = null, string? translation = null) =>
        _bench = new StepBench(Samples.Order(_id) with
        {
            Transcript = TextPlace.Of(transcript),
            Translation = TextPlace.Of(translation),
        });

    private async Task<GivenTexts> ReadAsync()
    {
        await _bench.RunAsync(new TextsStep(_fetcher, _bench.Objects));
        return await _bench.ReadAsync<GivenTexts>(ObjectKeys.GivenTexts(_id));
    }
}
