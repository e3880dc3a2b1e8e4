using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Tests.Jobs.Media;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>When the background of a source is told from its voices.</summary>
public sealed class SeparateStepTests
{
    private static readonly Segment Spoken = new(0, 1, 2, "One.");
    private MediaBench _media = null!;

    [SetUp]
    public void Open() => _media = new MediaBench();

    [TearDown]
    public void Close() => _media.Dispose();

    [Test]
    public async Task The_background_is_kept_and_what_it_cost_is_counted()
    {
        using var bench = new StepBench();

        await RunAsync(bench, new FakeSeparator(), Spoken);

        var background = await bench.Artifacts.OpenAsync(ObjectKeys.Background(bench.Order.SourceId), default);
        Assert.That(await _media.DurationAsync(background), Is.EqualTo(3).Within(0.01));
        Assert.That(bench.Warned, Is.Empty);
        await bench.Context.Spending.SaveAsync(default);
        var spent = await EngineSpending.OfAllAttemptsAsync(bench.Artifacts, bench.Order.RequestId, default);
        Assert.That(spent, Is.EqualTo(new[] { new EngineUsage("Fake", 1, 0, 3) }));
    }

    [Test]
    public async Task Without_a_model_and_without_speech_nothing_is_made()
    {
        using var without = new StepBench();
        using var silent = new StepBench();

        await RunAsync(without, new FakeSeparator { IsInstalled = false }, Spoken);
        await RunAsync(silent, new FakeSeparator());

        Assert.That(without.Artifacts.IsWritten(ObjectKeys.Background(without.Order.SourceId)), Is.False);
        Assert.That(silent.Artifacts.IsWritten(ObjectKeys.Background(silent.Order.SourceId)), Is.False);
    }

    [Test]
    public async Task A_dub_that_is_rendered_again_has_what_the_first_made()
    {
        using var bench = new StepBench(Samples.Order() with { Revision = 1 });

        await RunAsync(bench, new FakeSeparator(), Spoken);

        Assert.That(bench.Artifacts.IsWritten(ObjectKeys.Background(bench.Order.SourceId)), Is.False);
    }

    [Test]
    public async Task A_separator_that_breaks_off_costs_the_dub_nothing_but_a_warning()
    {
        using var bench = new StepBench();

        await RunAsync(bench, new FakeSeparator { BreaksOff = true }, Spoken);

        Assert.That(bench.Warned, Is.EqualTo(new[] { "separation_skipped" }));
        Assert.That(bench.Artifacts.IsWritten(ObjectKeys.Background(bench.Order.SourceId)), Is.False);
    }

    [Test]
    public async Task While_a_separator_is_left_out_nothing_is_decoded_for_it_and_the_warning_says_so()
    {
        using var bench = new StepBench();
        var separator = new FakeSeparator { LeftOut = "Fake is left out." };

        // There is no source that could be decoded.
        await bench.PutAsync(ObjectKeys.Transcript(bench.Order.SourceId), new Transcript("en", "Fake", [Spoken]));
        await bench.RunAsync(new SeparateStep(separator, new SourceSeparation(_media.Tools)));

        Assert.That(bench.Warned, Is.EqualTo(new[] { "separation_skipped" }));
    }

    private async Task RunAsync(StepBench bench, ISourceSeparator separator, params Segment[] segments)
    {
        await bench.PutSourceAsync(FakeSynthesizer.Tone(3));
        await bench.PutAsync(ObjectKeys.Transcript(bench.Order.SourceId), new Transcript("en", "Fake", segments));
        await bench.RunAsync(new SeparateStep(separator, new SourceSeparation(_media.Tools)));
    }

    /// <summary>Finds no voices in anything.</summary>
    private sealed class FakeSeparator : ISourceSeparator
    {
        public string Name => "Fake";

        public bool IsInstalled { get; init; } = true;

        public bool BreaksOff { get; init; }

        public string? LeftOut { get; init; }

        public Task SeparateAsync(string recording, string background, IProgress<double> progress, CancellationToken ct)
        {
            if (BreaksOff)
                throw new TransientDubException("Fake broke off.");
            File.Copy(recording, background);
            return Task.CompletedTask;
        }
    }
}
