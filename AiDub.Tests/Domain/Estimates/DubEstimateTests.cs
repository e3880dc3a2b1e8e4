using AiDub.Domain.Estimates;
using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Estimates;

public sealed class DubEstimateTests
{
    private static readonly SourceMeasure Source = SourceMeasure.Of(120, [new AudioSpan(1, 31), new AudioSpan(40, 70)]);

    [Test]
    public void Speech_is_what_lies_between_silences()
    {
        Assert.That(Source, Is.EqualTo(new SourceMeasure(120, 60, 2)));
        Assert.That(DubEstimate.Characters(Source), Is.EqualTo(840));
    }

    [Test]
    public void A_dub_takes_what_recent_ones_took_a_second_and_a_default_before_there_are_any()
    {
        Assert.That(DubEstimate.ExpectedSeconds(Source, []), Is.EqualTo(3 + (120 * 0.6)).Within(1e-9));
        Assert.That(
            DubEstimate.ExpectedSeconds(Source, [0.1, 9, 0.2]), Is.EqualTo(3 + (120 * 0.2)).Within(1e-9), "one odd dub does not count");
        Assert.That(DubEstimate.ExpectedSeconds(Source, [0.2, 0.4]), Is.EqualTo(3 + (120 * 0.3)).Within(1e-9));
    }

    [Test]
    public void The_queue_is_shared_by_the_workers()
    {
        Assert.That(DubEstimate.QueueSeconds(0, 50, 2), Is.Zero);
        Assert.That(DubEstimate.QueueSeconds(4, 50, 2), Is.EqualTo(100));
        Assert.That(DubEstimate.QueueSeconds(1, null, 1), Is.EqualTo(60));
    }

    [Test]
    public void An_engine_costs_by_the_minute_or_by_characters_and_one_without_a_price_nothing_is_known_of()
    {
        Assert.That(DubEstimate.Cost(new EnginePrice(null, null), 60, 840), Is.Null);
        Assert.That(DubEstimate.Cost(new EnginePrice(0.006m, null), 90, 840), Is.EqualTo(0.009m));
        Assert.That(DubEstimate.Cost(new EnginePrice(null, 15m), 60, 840), Is.EqualTo(0.0126m));
    }
}
