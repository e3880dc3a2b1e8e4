using AiDub.Jobs.Media.Clock;
using static AiDub.Tests.Jobs.Media.Clock.PacketList;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>What a source needs, from lists of its packets.</summary>
public sealed class ClockScanTests
{
    private static readonly ClockRules Broadcast = ClockRules.Of("mpegts", isFragmented: false);
    private static readonly ClockRules Recording = ClockRules.Of("avi", isFragmented: false);
    private static readonly ClockRules Presentation = ClockRules.Of("matroska,webm", isFragmented: false);

    private static IEnumerable<TestCaseData> Sources()
    {
        yield return Case("A recording without a break", Broadcast, Both(0, 10), 10);
        yield return Case("One that starts at an hour", Broadcast, Both(3600, 10), 10);
        yield return Case("One that starts before zero", Broadcast, Both(-1, 10), 10);
        yield return Case("A clock that restarts", Broadcast, [.. Both(1.4, 10), .. Both(1.4, 10)], 20, 10);
        yield return Case("A clock that restarts twice", Broadcast, [.. Both(0, 10), .. Both(0, 5), .. Both(0, 5)], 20, 10, 15);
        yield return Case("A clock that steps back by four seconds", Broadcast, [.. Both(0, 10), .. Both(6, 10)], 20, 10);
        yield return Case("A clock that steps back by half a second", Broadcast, [.. Both(0, 10), .. Both(9.5, 10)], 20, 10);
        yield return Case("A clock that steps back from an hour", Broadcast, [.. Both(3600, 10), .. Both(5, 10)], 20, 10);
        yield return Case("Pieces that overlap by a packet", Broadcast, [.. Both(0, 10), .. Both(9.96, 10)], 19.96);
        yield return Case("A jump of minutes in a broadcast", Broadcast, [.. Both(0, 10), .. Both(310, 10)], 20, 10);
        yield return Case("A gap of seconds in a broadcast", Broadcast, [.. Both(0, 10), .. Both(18, 10)], 28);
        yield return Case("A gap of half a minute in a recording", Recording, [.. Both(0, 10), .. Both(40, 10)], 50);
        yield return Case("A jump of minutes in a recording", Recording, [.. Both(0, 10), .. Both(190, 10)], 20, 10);
        yield return Case("A jump of minutes in tables", ClockRules.Tables, [.. Both(0, 10), .. Both(190, 10)], 200);
        yield return Case("Sound that lies behind the picture in the file", Broadcast, [.. Both(0, 10, 1), .. Both(0, 10, 1)], 20, 10);
        yield return Case("A picture that stands still while the sound goes on", Broadcast,
            [.. Both(0, 10), .. Sound(10, 100), .. Both(110, 10)], 120);
        yield return Case("A picture of one frame a minute", Recording,
            [.. Enumerable.Range(0, 5).SelectMany(i => Picture(i * 90, 0.04).Concat(Sound(i * 90, 90)))], 450);
        yield return Case("Sound that is silent while the picture goes on", Broadcast,
            [.. Both(0, 10), .. Picture(10, 100), .. Both(110, 10)], 120);
        yield return Case("Sound only", Broadcast, [.. Sound(0, 10), .. Sound(0, 10)], 20, 10);
        yield return Case("A picture only that jumps", Broadcast, [.. Picture(0, 10), .. Picture(100, 10)], 20, 10);
        yield return Case("One damaged stamp", Broadcast,
            [.. Both(0, 10), new SourcePacket(0, 90000, 90000, 0.04, true, false), .. Both(10.04, 10)], 20.04);
        yield return Case("One stamp that is a second and a half ahead", Broadcast,
            [.. Both(0, 10), new SourcePacket(0, 11.5, 11.5, 0.04, true, false), .. Both(10.04, 10)], 20.04);
        yield return Case("One stamp of sound that is four seconds ahead", Broadcast,
            [.. Both(0, 10), new SourcePacket(1, 14, 14, 0.02, true, false), .. Both(10.02, 10)], 20.02);
        yield return Case("Sound of one stamp that is an hour ahead", Broadcast,
            [.. Both(0, 10), .. Sound(3610, 0.16), .. Sound(10.16, 9.84), .. Picture(10, 10)], 20);
        yield return Case("Sound of one stamp that is four seconds behind", Broadcast,
            [.. Both(0, 10), .. Sound(6, 0.16), .. Sound(10.16, 9.84), .. Picture(10, 10)], 20);
        yield return Case("One picture that would be shown an hour after it is decoded", Broadcast,
            [.. Both(0, 10), new SourcePacket(0, 3600, 10, 0.04, true, false), .. Both(10.04, 10)], 20.04);
        yield return Case("A picture every five seconds, which lasts as long as nobody says", Broadcast,
            [.. Enumerable.Range(0, 6).Select(i => new SourcePacket(0, i * 5, i * 5, 0, true, false))], 25);
        yield return Case("A last damaged stamp", Broadcast, [.. Both(0, 10), new SourcePacket(1, 2, 2, 0.02, true, false)], 10);
        yield return Case("Pictures out of order", Presentation, Presented(Both(0, 10)), 10);
        yield return Case("Pictures out of order, twice", Presentation, [.. Presented(Both(0, 10)), .. Presented(Both(0, 10))], 20, 10);
        yield return Case("Pictures out of order that step back by a second", Presentation,
            [.. Presented(Both(0, 10)), .. Presented(Both(9, 10))], 20, 10);
        yield return Case("A live recording with a gap", Presentation, [.. Presented(Both(0, 10)), .. Presented(Both(25, 10))], 35);
        yield return Case("Packets without times", Broadcast, [.. Both(0, 10), new SourcePacket(0, null, null, 0, false, false)], 10);
        yield return Case("What an edit list leaves out", ClockRules.Tables,
            [new SourcePacket(1, -0.5, -0.5, 0.02, true, true), .. Both(0, 10)], 10);
    }

    [TestCaseSource(nameof(Sources))]
    public void Every_kind_is_as_long_as_a_player_shows_and_breaks_where_it_does(
        ClockRules rules, IReadOnlyList<SourcePacket> packets, double seconds, double[] breaks)
    {
        var clock = Read(rules, packets);

        Assert.That(clock.Seconds, Is.EqualTo(seconds).Within(0.05));
        Assert.That(clock.Breaks, Is.EqualTo(breaks).Within(0.05));
        Assert.That(clock.IsBroken, Is.EqualTo(breaks.Length + clock.Stamps.Count > 0));
    }

    [TestCaseSource(nameof(Sources))]
    public void Laid_anew_nothing_is_broken_and_picture_and_sound_are_moved_together(
        ClockRules rules, IReadOnlyList<SourcePacket> packets, double seconds, double[] breaks)
    {
        var clock = Read(rules, packets);
        if (!clock.IsBroken)
            return;

        var laid = Read(rules, Laid(packets, clock));

        Assert.That((laid.IsBroken, laid.Start), Is.EqualTo((false, 0.0)));
        Assert.That(laid.Seconds, Is.EqualTo(seconds).Within(0.05));
        Assert.That(laid.Streams.Values.Sum(s => s.Packets), Is.EqualTo(packets.Count));
        Assert.That(clock.Shifts.Values.Select(s => s.Select(x => x.Seconds)).Distinct(new Same()).Count(), Is.EqualTo(1));
    }

    [Test]
    public void Subtitles_go_with_the_clock_that_they_belong_to()
    {
        var clock = Read(Broadcast, [.. Subtitle(2), .. Both(0, 10), .. Both(0, 3), .. Subtitle(2), .. Both(3, 7)]);

        Assert.That(clock.Streams[2].First, Is.EqualTo(2).Within(0.01));
        Assert.That(clock.Streams[2].Last, Is.EqualTo(13).Within(0.05));
    }

    [Test]
    public void Subtitles_right_after_a_break_go_with_the_new_clock()
    {
        var clock = Read(Broadcast, [.. Subtitle(8), .. Both(0, 10), .. Both(0, 0.3), .. Subtitle(0.2), .. Both(0.3, 9.7)]);

        Assert.That(clock.Streams[2].First, Is.EqualTo(8).Within(0.01));
        Assert.That(clock.Streams[2].Last, Is.EqualTo(11.2).Within(0.05));
    }

    private static IEnumerable<TestCaseData> Whole()
    {
        int[] shown = [0, 4, 2, 1, 3, 8, 6, 5, 7, 12, 10, 9, 11];
        yield return new TestCaseData(Presentation, shown.Select((at, i) => new SourcePacket(0, at, null, 1, i == 0, false)).ToList())
            .SetArgDisplayNames("A picture a second, out of order");
        foreach (var lasts in new double[] { 0, 10 })
        {
            yield return new TestCaseData(
                Broadcast, shown.Select((at, i) => new SourcePacket(0, (at * 10) + 20, i * 10, lasts, i == 0, false)).ToList())
                .SetArgDisplayNames($"A picture every ten seconds, out of order, each said to last {lasts}");
        }
        double[] starts = [.. Enumerable.Range(0, 50).Select(i => i * 0.02), .. Enumerable.Range(0, 50).Select(i => 1.6 + (i * 0.02))];
        yield return new TestCaseData(Broadcast, starts.Select(at => new SourcePacket(0, at, at, 0.04, true, false)).ToList())
            .SetArgDisplayNames("A gap in fields that are said to last as long as frames");
    }

    [TestCaseSource(nameof(Whole))]
    public void No_stamp_that_is_right_is_taken_for_damaged(ClockRules rules, IReadOnlyList<SourcePacket> packets)
    {
        var clock = Read(rules, packets);

        Assert.That(clock.Stamps, Is.Empty);
        Assert.That(clock.IsBroken, Is.False);
    }

    [TestCase(0.04, 0, 0)]
    [TestCase(2, 0, 3)]
    [TestCase(10, 1, 2)]
    public void Pictures_that_stand_for_long_are_not_held_back(double lasts, int first, int second)
    {
        var sieve = new StampSieve(0.5);
        sieve.Take(At(0, 0));

        Assert.That((sieve.Take(At(1, 500)).Count, sieve.Take(At(2, 500 + lasts)).Count + sieve.Take(At(3, 500 + (2 * lasts))).Count),
            Is.EqualTo((first, second)));

        SiftedPacket At(long number, double at) => new(new SourcePacket(0, at, at, lasts, true, false), number, at);
    }

    [Test]
    public void Stamps_of_which_very_many_are_wrong_are_left_as_they_are_and_breaks_are_not()
    {
        var clock = Read(Broadcast, [.. Both(0, 30).Select(p => p.Stream == 0 ? p with { Pts = p.Pts + 3600 } : p), .. Both(0, 10)]);

        Assert.That(clock.Stamps, Is.Empty);
        Assert.That(clock.Breaks, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_picture_alone_whose_clock_restarts_goes_on_where_it_had_ended()
    {
        var sound = Sound(0, 20).ToList();
        var further = Picture(0, 10).SelectMany((p, i) => new[] { p, sound[500 + (2 * i)], sound[501 + (2 * i)] });
        var clock = Read(Broadcast, [.. Both(0, 10), .. further]);

        Assert.That(clock.Seconds, Is.EqualTo(20).Within(0.05));
        Assert.That(clock.Shifts[0][^1].Seconds, Is.EqualTo(10).Within(0.001));
        Assert.That(clock.Shifts[1], Is.EqualTo(new[] { new ClockShift(0, 0) }));
    }

    [Test]
    public void The_first_and_the_last_moment_of_every_stream_are_known()
    {
        var clock = Read(Recording, [.. Picture(5, 4), .. Sound(5.5, 10)]);

        Assert.That(clock.Start, Is.EqualTo(5));
        Assert.That((clock.Streams[0].First, clock.Streams[0].Packets), Is.EqualTo((0, 100)));
        Assert.That(clock.Streams[0].Last, Is.EqualTo(4).Within(1e-6));
        Assert.That((clock.Streams[1].First, clock.Streams[1].Packets), Is.EqualTo((0.5, 500)));
        Assert.That(clock.Streams[1].Last, Is.EqualTo(10.5).Within(1e-6));
    }

    [Test]
    public void Thousands_of_breaks_are_damage()
    {
        var scan = new ClockScan(new HashSet<int> { 1 }, Broadcast);
        for (var i = 0; i <= ClockScan.MostPieces; i++)
        {
            foreach (var packet in Sound(0, 1))
                scan.Add(packet);
        }

        Assert.That(scan.IsHopeless, Is.True);
    }

    [TestCase("0,1.480000,1.400000,0.040000,K_,", 0, 1.48, 1.4, 0.04, true)]
    [TestCase("1,N/A,N/A,N/A,__", 1, null, null, 0, false)]
    [TestCase("1,inf,nan,-3,_D", 1, null, null, 0, false)]
    public void A_line_of_ffprobe_is_a_packet(string line, int stream, double? pts, double? dts, double duration, bool isKey) =>
        Assert.That(SourcePacket.Parse(line), Is.EqualTo(new SourcePacket(stream, pts, dts, duration, isKey, line.Contains('D'))));

    [TestCase("")]
    [TestCase(",")]
    [TestCase("packet")]
    [TestCase("x,1,2,3,K_")]
    public void Other_lines_are_none(string line) => Assert.That(SourcePacket.Parse(line), Is.Null);

    private static SourceClock Read(ClockRules rules, IEnumerable<SourcePacket> packets)
    {
        var scan = new ClockScan(new HashSet<int> { 0, 1 }, rules);
        foreach (var packet in packets)
            scan.Add(packet);
        return scan.Finish();
    }

    private static IEnumerable<SourcePacket> Laid(IEnumerable<SourcePacket> packets, SourceClock clock)
    {
        var counts = new Dictionary<int, int>();
        foreach (var packet in packets)
        {
            var number = counts[packet.Stream] = counts.GetValueOrDefault(packet.Stream, -1) + 1;
            var shift = clock.Shifts[packet.Stream].Last(s => s.FromPacket <= number).Seconds;
            var stamp = clock.Stamps.GetValueOrDefault(packet.Stream)?
                .Where(s => s.Packet == number).Select(s => (double?)s.Seconds).SingleOrDefault();
            yield return packet with { Pts = stamp ?? packet.Pts + shift, Dts = stamp ?? packet.Dts + shift };
        }
    }

    private static TestCaseData Case(
        string name, ClockRules rules, IEnumerable<SourcePacket> packets, double seconds, params double[] breaks) =>
        new TestCaseData(rules, packets.ToList(), seconds, breaks).SetArgDisplayNames(name);

    private sealed class Same : IEqualityComparer<IEnumerable<double>>
    {
        public bool Equals(IEnumerable<double>? x, IEnumerable<double>? y) => x!.SequenceEqual(y!);

        public int GetHashCode(IEnumerable<double> obj) => obj.Count();
    }
}
