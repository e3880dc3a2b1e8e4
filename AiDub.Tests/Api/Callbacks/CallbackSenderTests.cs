using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AiDub.Api.Callbacks;
using AiDub.Api.Views;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api.Callbacks;

/// <summary>Callbacks over HTTP to a receiver on loopback, from the embedded stores, by a clock that the test moves.</summary>
public sealed class CallbackSenderTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private readonly List<(string Body, string Signature, string EventId)> _received = [];
    private TestData _data = null!;
    private TestClock _clock = null!;
    private ClipServer _receiver = null!;
    private SqliteProgressStore _progress = null!;
    private SqliteDubStore _dubs = null!;
    private SqliteCallbackOutbox _outbox = null!;
    private Func<HttpContext, Task> _answer = null!;
    private Uri _url = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _data = new TestData();
        _clock = new TestClock();
        var database = new SqliteDatabase(_data.Directory);
        (_progress, _dubs, _outbox) = (new(database), new(database, _clock), new(database));
        _receiver = await ClipServer.StartAsync();
        _received.Clear();
        _answer = _ => Task.CompletedTask;
        _url = _receiver.On("hook", ReceiveAsync);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _receiver.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    [Test]
    public async Task A_complete_dub_is_told_with_the_final_response_signed_as_a_receiver_verifies_it()
    {
        var dub = await EndAsync(_url, isComplete: true);

        await Sender().SendDueAsync(default);

        var (body, signature, eventId) = _received.Single();
        var told = JsonElement.Parse(body);
        Assert.That(
            (told.Text("event"), told.Text("request_id"), told.Text("progress")),
            Is.EqualTo(("dub.complete", $"{dub.RequestId}", "Status_5")));
        Assert.That(told.Text("result_url"), Does.StartWith("https://dub.example.com/files/results/"));
        AssertSigned(body, signature);
        Assert.That(eventId, Is.EqualTo($"{dub.RequestId}-1"));
        Assert.That(await StateAsync(dub), Is.EqualTo(CallbackState.Delivered));
        Assert.That(await Sender().SendDueAsync(default), Is.Zero, "once");
    }

    [Test]
    public async Task A_failed_dub_is_told_with_its_error()
    {
        var dub = await EndAsync(_url, isComplete: false);

        await Sender().SendDueAsync(default);

        var told = JsonElement.Parse(_received.Single().Body);
        Assert.That(
            (told.Text("event"), told.Text("msg_code"), told.Text("error_code")),
            Is.EqualTo(("dub.failed", "Progress API Error", "media_invalid")));
        Assert.That(
            (told.Text("request_id"), told.GetProperty("user_id").GetInt64(), told.Text("project_id")),
            Is.EqualTo(($"{dub.RequestId}", 51, "ryan")));
    }

    [Test]
    public async Task A_dub_that_a_poll_delivered_meanwhile_is_told_all_the_same()
    {
        var dub = await EndAsync(_url, isComplete: true);
        await _progress.TakeCompleteAsync(51, dub.RequestId, default);

        await Sender().SendDueAsync(default);

        Assert.That(JsonElement.Parse(_received.Single().Body).Text("event"), Is.EqualTo("dub.complete"));
    }

    [Test]
    public async Task A_dub_that_has_not_ended_yet_is_told_once_it_has_and_counts_no_try_before()
    {
        var dub = await RunAsync(_url);
        await _outbox.AddAsync(CallbackDelivery.Prepare(dub.RequestId, 1, _clock.GetUtcNow()), default);
        await Sender().SendDueAsync(default);
        Assert.That(_received, Is.Empty);

        await FailAsync(dub);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Sender().SendDueAsync(default);

        Assert.That(_received, Has.Count.EqualTo(1));
        Assert.That((await _outbox.FindAsync(dub.RequestId, default)).Single().Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_end_that_did_not_come_about_is_never_told()
    {
        var dub = await RunAsync(_url);
        await _outbox.AddAsync(CallbackDelivery.Prepare(dub.RequestId, 1, _clock.GetUtcNow()), default);
        await _progress.ClaimAsync(dub.RequestId, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1), default);

        await Sender().SendDueAsync(default);

        Assert.That(_received, Is.Empty);
        Assert.That(await _outbox.FindAsync(dub.RequestId, default), Is.Empty);
    }

    [Test]
    public async Task A_receiver_that_fails_is_tried_for_a_day_with_the_same_event_and_a_fresh_signature()
    {
        _answer = context => Answer(context, 503);
        var dub = await EndAsync(_url, isComplete: true);
        var began = _clock.GetUtcNow();

        while ((await _outbox.FindAsync(dub.RequestId, default)).Single() is { NextAt: { } next })
        {
            _clock.Advance(next - _clock.GetUtcNow());
            await Sender().SendDueAsync(default);
        }

        Assert.That(await StateAsync(dub), Is.EqualTo(CallbackState.GivenUp));
        Assert.That(_clock.GetUtcNow() - began, Is.InRange(TimeSpan.FromHours(22), TimeSpan.FromHours(24)));
        Assert.That(_received.Count, Is.InRange(30, 60));
        Assert.That(_received.Select(r => r.EventId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(_received.Select(r => r.Signature).Distinct().Count(), Is.EqualTo(_received.Count));
    }

    [TestCase(410, CallbackState.GivenUp, "status_unexpected")]
    [TestCase(404, CallbackState.Pending, "status_unexpected")]
    [TestCase(302, CallbackState.Pending, "redirect_refused")]
    [TestCase(101, CallbackState.Pending, "status_unexpected")]
    public async Task An_answer_that_is_no_success_is_judged_by_its_status_and_no_redirect_is_followed(
        int status, CallbackState state, string error)
    {
        _answer = context =>
        {
            context.Response.Headers.Location = $"http://127.0.0.1:{_receiver.Port}/elsewhere";
            return Answer(context, status);
        };
        var dub = await EndAsync(_url, isComplete: true);

        await Sender().SendDueAsync(default);

        var told = (await _outbox.FindAsync(dub.RequestId, default)).Single();
        Assert.That((told.State, told.Attempts.Single().Status, told.Attempts.Single().Error), Is.EqualTo((state, status, error)));
        Assert.That(_receiver.Requests, Is.EqualTo(new[] { "/hook" }));
    }

    [Test]
    public async Task A_receiver_that_does_not_answer_in_time_is_tried_again()
    {
        _answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var dub = await EndAsync(_url, isComplete: true);

        await Sender(timeoutSeconds: 0.3).SendDueAsync(default);

        var told = (await _outbox.FindAsync(dub.RequestId, default)).Single();
        Assert.That((told.State, told.Attempts.Single().Error), Is.EqualTo((CallbackState.Pending, "timeout")));
    }

    [Test]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        _answer = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[16384], context.RequestAborted);
        };
        var dub = await EndAsync(_url, isComplete: true);

        await Sender().SendDueAsync(default);

        Assert.That(await StateAsync(dub), Is.EqualTo(CallbackState.Delivered));
    }

    [Test]
    public async Task Of_two_processes_one_sends()
    {
        await EndAsync(_url, isComplete: true);

        await Task.WhenAll(Sender().SendDueAsync(default), Sender().SendDueAsync(default));

        Assert.That(_received, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_a_process_had_claimed_when_it_was_killed_is_sent_by_another()
    {
        await EndAsync(_url, isComplete: true);
        await _outbox.ClaimDueAsync(_clock.GetUtcNow(), _clock.GetUtcNow().AddSeconds(60), BusyCallbacks.None, default);

        Assert.That(await Sender().SendDueAsync(default), Is.Zero);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await Sender().SendDueAsync(default);

        Assert.That(_received, Has.Count.EqualTo(1));
    }

    [TestCase("http://127.0.0.1:{port}/hook")]
    [TestCase("http://localhost:{port}/hook")]
    [TestCase("http://[::ffff:127.0.0.1]:{port}/hook")]
    [TestCase("http://2130706433:{port}/hook")]
    [TestCase("http://169.254.169.254/latest/meta-data/")]
    [TestCase("http://[::1]/hook")]
    [TestCase("http://10.0.0.7/hook")]
    public async Task An_address_of_a_private_network_is_never_connected_to(string url)
    {
        var dub = await EndAsync(new Uri(url.Replace("{port}", $"{_receiver.Port}", StringComparison.Ordinal)), isComplete: true);
        var source = new SourceOptions { AllowedPorts = [_receiver.Port] };

        await Sender(source: source).SendDueAsync(default);

        Assert.That((await _outbox.FindAsync(dub.RequestId, default)).Single().Attempts.Single().Error, Is.EqualTo("address_forbidden"));
        Assert.That(_receiver.Requests, Is.Empty);
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private CallbackSender Sender(double timeoutSeconds = 10, SourceOptions? source = null)
    {
        var network = new SourceNetwork();
        var allowed = Options.Create(source ?? new SourceOptions { AllowedPrivateHosts = [$"127.0.0.1:{_receiver.Port}"] });
        var options = Options.Create(new CallbackOptions { SigningKey = Key, TimeoutSeconds = timeoutSeconds });
        return new CallbackSender(
            _outbox,
            _progress,
            _dubs,
            new CallbackBodies(new FinalAnswers(new ResultUrls(new AddressingObjectStore()))),
            new CallbackPost(new SourceGate(network, allowed), network, options, _clock),
            options,
            _clock,
            NullLogger<CallbackSender>.Instance);
    }

    private async Task<DubProgress> RunAsync(Uri url)
    {
        var order = Samples.Order() with { Callback = new DubCallback(url.OriginalString, "https://dub.example.com/") };
        await _progress.AddAsync(DubProgress.Accept(order, _clock.GetUtcNow()), default);
        return (await _progress.ClaimAsync(order.RequestId, _clock.GetUtcNow(), default, default))!;
    }

    private Task FailAsync(DubProgress dub) => _progress.SaveAsync(
        dub.Apply(new DubTransition.Fail(
            FailureCode.MediaInvalid, "It is not a video.", _clock.GetUtcNow().AddDays(7)), _clock.GetUtcNow()),
        default);

    private async Task<DubProgress> EndAsync(Uri url, bool isComplete)
    {
        var (dub, now) = (await RunAsync(url), _clock.GetUtcNow());
        await _outbox.AddAsync(CallbackDelivery.Prepare(dub.RequestId, dub.Attempt, now), default);
        if (!isComplete)
        {
            await FailAsync(dub);
            return dub;
        }
        var response = Samples.Response() with { Report = Samples.Response().Report with { Attempts = dub.Attempt } };
        await _dubs.PutAsync(new DubRecord { Order = dub.Order, Response = response, CreatedAt = now, FinishedAt = now }, default);
        await _progress.SaveAsync(
            dub.Apply(new DubTransition.Advance(DubStage.Rendering, 90), now)
                .Apply(new DubTransition.Finish(response, now.AddDays(7)), now), default);
        return dub;
    }

    private async Task<CallbackState> StateAsync(DubProgress dub) => (await _outbox.FindAsync(dub.RequestId, default)).Single().State;

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        lock (_received)
            _received.Add((body, $"{context.Request.Headers["AiDub-Signature"]}", $"{context.Request.Headers["AiDub-Event-Id"]}"));
        await _answer(context);
    }

    // As docs/api.md tells receivers to.
    private void AssertSigned(string body, string signature)
    {
        var parts = signature.Split(',').ToDictionary(part => part.Split('=')[0], part => part.Split('=')[1]);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes($"{parts["t"]}.{body}"));
        Assert.That(CryptographicOperations.FixedTimeEquals(Convert.FromHexString(parts["v1"]), expected), Is.True);
        Assert.That(
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts["t"])), Is.EqualTo(_clock.GetUtcNow()).Within(TimeSpan.FromSeconds(1)));
    }
}
