using System.Diagnostics;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Outages;
using AiDub.Tests.StandIns;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Engines.Remote;

/// <summary>Every engine over HTTP, and everything that a server can do wrong.</summary>
[TestFixture("OpenAiRecognizer", "/transcriptions")]
[TestFixture("OpenAiTranslator", "/completions")]
[TestFixture("OpenAiSynthesizer", "/speech")]
[TestFixture("LibreTranslate", "/translate")]
[TestFixture("ElevenLabs", "/v1/text-to-speech/es")]
internal sealed class FaultTests(string engine, string path) : VendorTests
{
    // What takes the stand-in long the first time is not to look like a server that hangs.
    [OneTimeSetUp]
    public async Task CallOnce()
    {
        await CallAsync(Engine());
        CloseHosts();
    }

    private EngineHost Engine(params (string, string)[] settings) => Host(engine, [.. settings, ("Voice", "es")]);

    private async Task CallAsync(EngineHost host)
    {
        switch (engine)
        {
            case "OpenAiRecognizer":
                await RecognizeAPersonAsync(Recognizer(host, engine), host, "en", seconds: 6);
                break;
            case "OpenAiTranslator" or "LibreTranslate":
                await Translator(host, engine)
                    .TranslateAsync(new TranslationRequest("en", "es", ["The house is big."]) { Ledger = Ledger }, default);
                break;
            default:
                await Synthesizer(host, engine)
                    .SpeakAsync(new SpeechRequest("La casa.", "es") { Ledger = Ledger }, host.PathOf("x.wav"), default);
                break;
        }
    }

    private int Calls => Server.Requests.Count(r => r.Path.Contains(path, StringComparison.Ordinal));

    [TestCase(Fault.ServerError)]
    [TestCase(Fault.CutBody)]
    [TestCase(Fault.Malformed)]
    [TestCase(Fault.Hang)]
    public async Task A_fault_that_passes_costs_a_call_and_nothing_else(Fault fault)
    {
        var host = Engine(("TimeoutSeconds", fault == Fault.Hang ? "2" : "60"));
        Server.Fail(path, fault);
        await CallAsync(host);
        Assert.That(Calls, Is.EqualTo(2));
        Assert.That(Ledger.Calls, Is.EqualTo(Calls), "what was repeated is counted");
    }

    [Test]
    public async Task A_server_that_asks_for_a_pause_gets_it()
    {
        Server.Fail(path, Fault.TooManyRequests);
        await CallAsync(Engine());
        var calls = Server.Requests.Where(r => r.Path.Contains(path, StringComparison.Ordinal)).ToArray();
        Assert.That(calls, Has.Length.EqualTo(2));
        Assert.That(Stopwatch.GetElapsedTime(calls[0].At, calls[1].At).TotalSeconds, Is.InRange(1, 10));
    }

    [Test]
    public void A_server_that_asks_for_too_long_a_pause_fails_the_attempt_at_once()
    {
        Server.RetryAfter = "3600";
        Server.Fail(path, Fault.TooManyRequests);
        AssertFails<TransientDubException>(Engine(), "(HTTP 429)", 1);
    }

    [TestCase(Fault.ServerError, "kept failing (HTTP 500)")]
    [TestCase(Fault.CutBody, "broke its answer off")]
    [TestCase(Fault.Malformed, "in a form that cannot be read")]
    public void A_fault_that_stays_is_repeated_as_often_as_allowed_and_then_named(Fault fault, string said)
    {
        Server.Fail(path, [.. Enumerable.Repeat(fault, 10)]);
        AssertFails<TransientDubException>(Engine(), said, 3);
    }

    [Test]
    public void A_server_that_hangs_is_left()
    {
        Server.Fail(path, Fault.Hang);
        AssertFails<TransientDubException>(Engine(("TimeoutSeconds", "1"), ("Retries", "0")), "did not answer in time", 1);
    }

    [TestCase(Fault.Unauthorized, "engine_refused")]
    [TestCase(Fault.BadRequest, "engine_rejected")]
    [TestCase(Fault.OutOfQuota, "engine_quota")]
    public void A_refusal_is_for_good(Fault fault, string code)
    {
        Server.Fail(path, fault);
        Assert.That(AssertFails<PermanentDubException>(Engine(), "(HTTP 4", 1).Code.Value, Is.EqualTo(code));
    }

    [Test]
    public void A_server_that_is_not_there_is_a_fault_that_may_pass() =>
        AssertFails<TransientDubException>(Engine(("BaseUrl", "http://127.0.0.1:1"), ("Languages:0", "es")), "could not be reached", 0);

    [TestCase(Fault.ServerError, false)]
    [TestCase(Fault.Malformed, false)]
    [TestCase(Fault.TooManyRequests, true)]
    [TestCase(Fault.CutBody, true)]
    public void Only_what_says_nothing_of_the_call_is_an_outage(Fault fault, bool isAway)
    {
        Server.Fail(path, [.. Enumerable.Repeat(fault, 10)]);
        Server.RetryAfter = "3600";
        var error = Assert.ThrowsAsync<TransientDubException>(() => CallAsync(Engine(("Retries", "0"))))!;
        Assert.That(error.Outage?.Engine, Is.EqualTo(isAway ? engine : null));
    }

    [Test]
    public async Task A_server_that_is_left_alone_is_asked_again_as_soon_as_somebody_saw_that_it_answers()
    {
        var host = Engine(("CircuitFaults", "2"), ("Retries", "0"), ("CircuitSeconds", "3600"));
        Server.Fail(path, [.. Enumerable.Repeat(Fault.ServerError, 10)]);
        for (var i = 0; i < 3; i++)
            Assert.ThrowsAsync<TransientDubException>(() => CallAsync(host));
        Server.Reset();

        await host.Get<IReachProbe>(p => p.Of.Engine == engine).ReachAsync(default);

        await CallAsync(host);
    }

    [Test]
    public void A_server_that_is_not_there_is_seen_to_be_away()
    {
        var probe = Engine(("BaseUrl", "http://127.0.0.1:1"), ("Languages:0", "es")).Get<IReachProbe>(p => p.Of.Engine == engine);
        Assert.That(() => probe.ReachAsync(default), Throws.TypeOf<HttpRequestException>());
    }

    [Test]
    public void After_many_faults_the_server_is_left_alone()
    {
        var host = Engine(("CircuitFaults", "3"), ("Retries", "0"));
        Server.Fail(path, [.. Enumerable.Repeat(Fault.ServerError, 10)]);
        var told = new List<string>();
        for (var i = 0; i < 4; i++)
            told.Add(Assert.ThrowsAsync<TransientDubException>(() => CallAsync(host))!.Message);
        Assert.That(told[0], Does.Contain("(HTTP 500)"));
        Assert.That(told[^1], Is.EqualTo($"{engine} failed too often and is left alone for a while."));
        Assert.That(Calls, Is.InRange(2, 3));
    }

    [TestCase("BaseUrl", "ftp://127.0.0.1")]
    [TestCase("BaseUrl", "http://me:secret-4711@127.0.0.1")]
    [TestCase("BaseUrl", "127.0.0.1:8000")]
    [TestCase("ApiKey", "secret-4711 secret")]
    [TestCase("Languages:0", "klingon-secret-4711")]
    [TestCase("TimeoutSeconds", "0")]
    public void A_setting_that_cannot_be_right_stops_the_start(string setting, string value)
    {
        using var host = new EngineHost(($"Engines:{engine}:{setting}", value));
        Assert.That(() => host.Get<IStartupValidator>().Validate(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains(setting.Split(':')[0]).And.Message.Not.Contains(
                setting == "Languages:0" ? "no secret" : "4711"));
    }

    [Test]
    public async Task A_check_says_what_the_server_has_and_what_is_missing()
    {
        using var bare = new EngineHost();
        Assert.That(
            await bare.Get<ICheckedEngine>(e => e.Name == engine).CheckAsync(default),
            Has.Property("Ready").False.And.Property("Detail").Contains("not configured"));
        var check = await Engine().Get<ICheckedEngine>(e => e.Name == engine).CheckAsync(default);
        Assert.That((check.Engine, check.Ready, check.Voices.Count > 0), Is.EqualTo((engine, true, true)));
    }

    private T AssertFails<T>(EngineHost host, string said, int calls)
        where T : DubException
    {
        var fault = Assert.ThrowsAsync<T>(() => CallAsync(host))!;
        Assert.That(fault.Message, Does.Contain(engine).And.Contain(said));
        Assert.That(fault.Message, Does.Not.Contain("127.0.0.1").And.Not.Contain(StandInServer.Key));
        Assert.That(Calls, Is.EqualTo(calls));
        var told = string.Join('\n', host.Log.Entries.Select(e => e.Message + e.Exception)) + fault;
        Assert.That(told, Does.Not.Contain(StandInServer.Key), "the key is neither logged nor in any exception");
        return fault;
    }
}
