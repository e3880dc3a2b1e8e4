using System.Net;
using System.Text.Json;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.EndToEnd;

/// <summary>What operators are told of a real dub: its trace, the metrics, and its log lines as JSON.</summary>
[TestFixture]
public sealed class TelemetryTests
{
    private const string Canary = "hush-4711";

    private OtlpReceiver _collector = null!;
    private DubServer _server = null!;
    private Guid _id;
    private string _scraped = null!;

    [OneTimeSetUp]
    public async Task DubAsync()
    {
        _collector = await OtlpReceiver.StartAsync();
        await using var clips = await ClipServer.StartAsync();
        var prometheus = FreePort.Next();
        _server = new DubServer(
            ("Telemetry__PrometheusPort", $"{prometheus}"),
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"),
            ("Telemetry__OtlpEndpoint", _collector.Endpoint),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("Logging__Console__FormatterName", "json"));
        await _server.StartAsync();
        var clip = Path.Combine(_server.DataFolder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "8", "-c", "copy", clip);
        _id = await _server.SubmitAsync(new Uri($"{clips.Serve(clip)}?X-Amz-Signature={Canary}&token={Canary}"));
        var (status, final) = await _server.FinishAsync(_id);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        await _server.Http.GetByteArrayAsync(final.GetProperty("result_url").GetString());
        Assert.That(clips.Requests, Has.All.Contains(Canary), "the source's server was asked with the whole address");
        _scraped = await _server.Http.GetStringAsync(new Uri($"http://127.0.0.1:{prometheus}/metrics"));
        // The last of spans and metrics are sent as the process ends.
        await _server.StopAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Test]
    public void A_dub_is_one_trace_whose_id_is_the_request_id()
    {
        var ours = Trace();

        Assert.That(ours.Select(s => s.Name), Does.Contain("dub submit"));
        Assert.That(ours.Count(s => s.Name == "dub attempt"), Is.EqualTo(1));
        Assert.That(
            _collector.Spans.Where(s => s.Name.StartsWith("step ", StringComparison.Ordinal)).Select(s => s.TraceId),
            Has.All.EqualTo(_id.ToString("N")));
        Assert.That(Attempt().Tags["aidub.request_id"], Is.EqualTo(_id.ToString()));
        Assert.That(Attempt().Tags["aidub.attempt"], Is.EqualTo("1"));
    }

    [Test]
    public void Every_step_is_a_span_of_the_attempt()
    {
        var steps = Trace().Where(s => s.ParentId == Attempt().SpanId).Select(s => s.Name);

        Assert.That(
            steps,
            Is.EqualTo(
                new[]
                {
                    "step fetch", "step transcribe", "step speakers", "step separate", "step translate", "step speak", "step fit",
                    "step render",
                }));
    }

    [Test]
    public void Every_run_of_a_tool_is_a_span_of_its_step_with_its_name_and_exit_code_and_nothing_else()
    {
        var tools = Trace().Where(s => s.Name.StartsWith("tool ", StringComparison.Ordinal)).ToList();

        Assert.That(
            tools.Select(t => t.Name),
            Is.SupersetOf(new[] { "tool ffprobe", "tool ffmpeg", "tool pocketsphinx_batch", "tool apertium", "tool espeak-ng" }));
        var steps = Trace().Where(s => s.Name.StartsWith("step ", StringComparison.Ordinal)).Select(s => s.SpanId).ToList();
        Assert.That(tools.Select(t => t.ParentId).Distinct(), Is.SubsetOf(steps));
        Assert.That(tools.Select(t => t.Tags.Keys), Has.All.EquivalentTo(new[] { "process.executable.name", "process.exit.code" }));
    }

    [TestCase("aidub.dubs", "{dub}", "aidub.state", "accepted")]
    [TestCase("aidub.dubs", "{dub}", "aidub.state", "complete")]
    [TestCase("aidub.step.duration", "s", "aidub.step", "transcribe")]
    [TestCase("aidub.dub.real_time_factor", "1", null, null)]
    [TestCase("aidub.queue.wait", "s", null, null)]
    [TestCase("http.server.request.duration", "s", "http.route", "ai_dub")]
    public void The_metrics_are_sent_with_their_units(string name, string unit, string? tag, string? value)
    {
        var points = _collector.Points.Where(p => p.Name == name && (tag is null || p.Tags.GetValueOrDefault(tag) == value)).ToList();

        Assert.That(points, Is.Not.Empty, string.Join(' ', _collector.Points.Select(p => p.Name).Distinct()));
        Assert.That(points[^1].Unit, Is.EqualTo(unit));
        Assert.That(points[^1].Value, Is.GreaterThan(0));
    }

    [TestCase("aidub_dubs_total{aidub_state=\"complete\"} 1")]
    [TestCase("aidub_step_duration_seconds_count{")]
    [TestCase("aidub_queue_length{} 0")]
    [TestCase("aidub_queue_oldest_seconds{} 0")]
    public void Prometheus_finds_the_same_where_its_port_is_set(string line)
    {
        Assert.That(_scraped, Does.Contain(line));
        Assert.That(_scraped, Does.Not.Contain(Canary));
    }

    [Test]
    public void A_dub_counts_as_active_only_while_it_is_worked_on()
    {
        var values = _collector.Points.Where(p => p.Name == "aidub.dubs.active").Select(p => p.Value).ToList();

        Assert.That(values, Does.Contain(1));
        Assert.That(values[^1], Is.Zero);
    }

    [Test]
    public void Requests_are_traced_and_looks_at_the_health_are_not()
    {
        var names = _collector.Spans.Select(s => s.Name).ToHashSet();

        Assert.That(names, Does.Contain("POST ai_dub"));
        Assert.That(names, Has.None.Contains("health"));
    }

    [Test]
    public void Neither_traces_nor_metrics_hold_what_was_signed_said_or_passed_to_tools()
    {
        Assert.That(_collector.Everything, Does.Contain(_id.ToString()).And.Not.Contain(Canary).And.Not.Contain(_server.DataFolder));
    }

    [Test]
    public void Every_log_line_of_the_dub_carries_its_id_stage_and_attempt()
    {
        var lines = LogLines().Where(line => line.GetProperty("Message").GetString()!.Contains(_id.ToString())).ToList();

        Assert.That(lines, Has.Count.GreaterThanOrEqualTo(7), "a line a step at least");
        foreach (var line in lines)
        {
            var scope = line.GetProperty("Scopes").EnumerateArray().SingleOrDefault(s => s.TryGetProperty("request_id", out _));
            Assert.That(scope.ValueKind, Is.EqualTo(JsonValueKind.Object), line.ToString());
            Assert.That(scope.GetProperty("request_id").GetString(), Is.EqualTo(_id.ToString()));
            Assert.That(scope.GetProperty("stage").GetString(), Does.StartWith("Status_"));
            var isSubmitted = line.GetProperty("Message").GetString()!.Contains("was submitted, into", StringComparison.Ordinal);
            Assert.That(
                scope.GetProperty("attempt").ToString(), Is.EqualTo(isSubmitted ? "0" : "1"), "no attempt has begun as it is submitted");
        }
    }

    [Test]
    public void No_log_line_holds_a_query_string()
    {
        Assert.That(LogLines(), Is.Not.Empty);
        Assert.That(_server.Log, Does.Not.Contain(Canary).And.Not.Contain("signature=").And.Not.Contain("expires="));
    }

    private List<SentSpan> Trace() => [.. _collector.Spans.Where(s => s.TraceId == _id.ToString("N"))];

    private SentSpan Attempt() => Trace().Single(s => s.Name == "dub attempt");

    private List<JsonElement> LogLines() =>
        [.. _server.Log.Split('\n').Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement)];
}
