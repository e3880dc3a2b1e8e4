using AiDub.Jobs.Media.Clock;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>How a header is weighed against the packets, and how stamps are laid anew.</summary>
public sealed class ClockDecisionTests
{
    [TestCase("asf", 3600.0, 3610.0, 3599.957, 10.0, null, 10.0, TestName = "A header that counts the hour at which the recording began")]
    [TestCase("mp3", 0.0, 10.0, 0.0, 20.0, null, 20.0, TestName = "A header of the first of two joined files")]
    [TestCase("matroska,webm", 0.0, 10.02, 0.0, 10.0, null, 10.02, TestName = "A header that agrees with the packets")]
    [TestCase("mov,mp4", 0.0, 10.0, 0.0, 3.0, null, 10.0, TestName = "An index of more than there is")]
    [TestCase("mov,mp4", 0.0, 4294967.295, 0.0, 10.0, null, 10.0, TestName = "An MP4 whose length is that of nobody who knows it")]
    [TestCase("matroska,webm", 0.0, 100.0, 0.0, 10.0, null, 10.0, TestName = "A length of ten times what there is")]
    [TestCase("flv", 0.0, 10.0, 0.0, 3.0, null, 3.0, TestName = "A header that states more than there is")]
    [TestCase("mpegts", 0.0, null, 3600.0, 3.0, 3600.0, 3.0, TestName = "A header that states nothing")]
    [TestCase("mpegts", 0.0, 9.8, 0.0, 10.0, null, 10.0, TestName = "A broadcast, of which the stamp of the last packet is known")]
    [TestCase("avi", 0.0, 7.88, 0.0, 8.04, null, 8.04, TestName = "An AVI whose index is lost, so that its length was guessed")]
    [TestCase("mov,mp4", 0.0, 10.0, -0.021, 10.021, null, 10.0, TestName = "A codec's delay that an edit list leaves out")]
    public void A_header_is_believed_where_the_packets_bear_it_out(
        string format, double statedStart, double? stated, double start, double measured, double? expectedStart, double expected)
    {
        var header = new ProbedFormat { Name = format, StartTime = FormattableString.Invariant($"{statedStart}") };

        var timing = SourceTiming.Of(header, stated, new LaidClock(Clock(start, measured, measured), null, []));

        Assert.That((timing.Start, timing.Seconds), Is.EqualTo((expectedStart, expected)));
    }

    [TestCase(3610.0, 3600.0, 10.0, false, null, TestName = "The hour at which a recording began is no promise")]
    [TestCase(302.0, 1.4, 8.0, true, null, TestName = "What a broken clock made of a length is no promise")]
    [TestCase(20.0, 0.0, 8.0, false, 20.0, TestName = "A header's length is a promise")]
    [TestCase(20.0, 1.4, 8.0, false, 20.0, TestName = "A header's length is a promise, though it does not begin at 0")]
    public void What_a_header_promises_is_not_what_its_clock_made_up(
        double stated, double start, double measured, bool isCopy, double? expected) =>
        Assert.That(
            SourceTiming.Promised(stated, new LaidClock(Clock(start, measured, measured), isCopy ? [] : null, [])), Is.EqualTo(expected));

    [Test]
    public void Subtitles_may_outlast_picture_and_sound()
    {
        var timing = SourceTiming.Of(new ProbedFormat { Name = "ogg", StartTime = "0" }, 60, new LaidClock(Clock(0, 10, 60), null, []));

        Assert.That(timing.Seconds, Is.EqualTo(60));
    }

    [Test]
    public void What_was_laid_anew_lasts_as_long_as_its_pieces()
    {
        var timing = SourceTiming.Of(
            new ProbedFormat { Name = "mpegts", StartTime = "1.4" }, 10, new LaidClock(Clock(1.4, 20, 20), [], [10]));

        Assert.That((timing.Start, timing.Seconds), Is.EqualTo((null as double?, 20)));
    }

    [Test]
    public void Stamps_are_moved_by_a_sum_over_the_breaks()
    {
        Assert.That(
            RelayArguments.Stamps([new ClockShift(0, -1.4), new ClockShift(250, 8.6), new ClockShift(300, 18.6)], true, "90000"),
            Is.EqualTo("setts=pts='PTS+(-1.400000+gte(N,250)*(10.000000)+gte(N,300)*(10.000000))*90000'"
                + ":dts='DTS+(-1.400000+gte(N,250)*(10.000000)+gte(N,300)*(10.000000))*90000'"));
    }

    [Test]
    public void Damaged_stamps_are_given_one_each()
    {
        Assert.That(
            RelayArguments.Stamps([new ClockShift(0, -1.4)], true, "90000", [new LaidStamp(7, 0.28), new LaidStamp(9, 0.36)]),
            Is.EqualTo("setts=pts='if(eq(N,7)+eq(N,9),(eq(N,7)*0.280000+eq(N,9)*0.360000)*90000,PTS+(-1.400000)*90000)'"
                + ":dts='if(eq(N,7)+eq(N,9),(eq(N,7)*0.280000+eq(N,9)*0.360000)*90000,DTS+(-1.400000)*90000)'"));
    }

    [Test]
    public void Guessed_decoding_times_are_laid_before_what_is_shown()
    {
        Assert.That(
            RelayArguments.Stamps([new ClockShift(0, 1)], false, "1000"),
            Is.EqualTo(
                "setts=pts='PTS+(1.000000)*1000'"
                + ":dts='if(N,max(PREV_OUTDTS,max(PTS+(1.000000)*1000-1000,0)),max(PTS+(1.000000)*1000-1000,0))'"));
    }

    [TestCase("wav", true)]
    [TestCase("mov,mp4,m4a,3gp,3g2,mj2", false)]
    [TestCase("mp3", false)]
    public void Only_what_has_no_stamps_is_not_looked_at(string format, bool areCounted) =>
        Assert.That(ClockRules.AreCounted(format), Is.EqualTo(areCounted));

    [Test]
    public void The_places_are_told_the_first_ten_of_them()
    {
        Assert.That(RepairedClock.Told([10.04, 20]), Does.Contain("at 10.0, 20.0 s;"));
        Assert.That(RepairedClock.Told([.. Enumerable.Range(1, 12).Select(i => (double)i)]), Does.Contain("10.0 and 2 more places s;"));
    }

    private static SourceClock Clock(double start, double seconds, double all) => new()
    {
        Start = start,
        Seconds = seconds,
        SecondsOfAll = all,
        Streams = new Dictionary<int, StreamSpan>(),
        Shifts = new Dictionary<int, IReadOnlyList<ClockShift>>(),
        Breaks = [],
    };
}
