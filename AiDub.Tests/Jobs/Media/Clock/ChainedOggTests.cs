using System.Buffers.Binary;
using AiDub.Domain.Errors;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Clock;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>Chained Ogg of sound: each link has heads of its own, which take no time, and is heard as it was by itself.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ChainedOggTests : IDisposable
{
    private const double Length = 4;

    // What the last packet of a link adds.
    private const double Joint = 0.06;
    private static readonly double[] At = [1.2, 3];
    private static readonly double[] AtBoth = [1.2, 3, 5.2, 7];
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [TestCase("-c:a libopus", "-c:a libopus", TestName = "Chained Opus")]
    [TestCase("-c:a libvorbis", "-c:a libvorbis -q:a 8 -ac 2", TestName = "Chained Vorbis, mono, then stereo with other tables")]
    [TestCase("-c:a flac", "-c:a libvorbis -ar 44100", TestName = "Chained FLAC and Vorbis of another rate")]
    public async Task Chained_sound_is_as_long_as_its_links(string before, string after)
    {
        var (one, two) = (await SoundAsync("one.ogg", before), await SoundAsync("two.ogg", after));

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "a.ogg", one, two));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        Assert.That(media.ClockRepairs, Is.EqualTo(new[] { Length }).Within(Joint));
        Assert.That(await FlashAndBeep.BeepsAsync(dubbed), Is.EqualTo(AtBoth).Within(Joint));
    }

    [TestCase("-c:a libopus", 0, TestName = "A gap in the first link of chained Opus stays")]
    [TestCase("-c:a libvorbis", 1, TestName = "A gap in the last link of chained Vorbis stays")]
    public async Task A_gap_in_a_link_that_is_a_gap_stays(string how, int link)
    {
        how += " -ar 48000 -page_duration 100000";
        string[] parts = [await SoundAsync("one.ogg", how), await SoundAsync("two.ogg", how)];
        parts[link] = Without(parts[link], 1.6, 2.6);

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "a.ogg", parts));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(2 * Joint));
        Assert.That(await FlashAndBeep.BeepsAsync(dubbed), Is.EqualTo(AtBoth).Within(2 * Joint));
    }

    [Test]
    public async Task Chained_sound_keeps_what_its_first_link_says_of_it()
    {
        var told = await SoundAsync("one.ogg", "-c:a libvorbis -metadata:s:a language=spa -metadata:s:a title=Noticias");

        var media = await _bench.ProbeAsync(JoinedClips.Join(_bench, "a.ogg", told, told));

        Assert.That((media.Audio.LanguageTag, media.Audio.Title), Is.EqualTo(("spa", "Noticias")));
        Assert.That(media.ClockRepairs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_has_a_link_that_cannot_be_decoded_is_laid_as_any_other_source()
    {
        var (one, two) = (await SoundAsync("one.ogg", "-c:a libvorbis"), await SoundAsync("two.ogg", "-c:a libvorbis"));
        var joined = JoinedClips.Join(_bench, "a.ogg", one, two);
        var bytes = await File.ReadAllBytesAsync(joined);
        var tables = bytes.AsSpan().LastIndexOf("\u0005vorbis"u8);
        bytes.AsSpan(tables + 8, 500).Clear();
        await File.WriteAllBytesAsync(joined, bytes);

        var media = await _bench.ProbeAsync(joined);

        Assert.That(media.Audio.Codec, Is.EqualTo("vorbis"));
        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
    }

    [Test]
    public async Task Links_that_last_too_long_together_are_refused_before_one_is_decoded()
    {
        // Nothing in these pages could be decoded.
        var path = _bench.Path("a.ogg");
        await File.WriteAllBytesAsync(path, [.. "B1 1 L1 B2 2 L2".Split(' ').SelectMany(Page)]);
        var report = new ProbeReport { Format = new() { Name = "ogg" }, Streams = [new() { Type = "audio" }] };

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => new OggRelay(_bench.Tools).LayAsync(
            path, report, new SourceOptions { MaxDurationSeconds = Length }, _bench.Folder, default));

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaTooLong));
    }

    [TestCase("B1 1 1", "1", TestName = "A file of one stream is one link")]
    [TestCase("B1 1 B2 2 2", "1 2", TestName = "A stream after another is a link")]
    [TestCase("B1 1 1 B1 1 1", "1 1", TestName = "A file twice is two links, though its streams have the same numbers")]
    [TestCase("B1 1 x B2 2", "1 2", TestName = "What is no page is passed over")]
    [TestCase("B1 B2 1 2", "", TestName = "Streams that begin together are no links")]
    [TestCase("B1 1 B2 2 1", "", TestName = "A stream that begins while another goes on is no link")]
    [TestCase("B1 1 U2 2", "", TestName = "A stream of something else is no link")]
    public async Task A_link_is_a_stream_of_sound_that_follows_another(string pages, string streams)
    {
        var path = _bench.Path("a.ogg");
        await File.WriteAllBytesAsync(path, [.. pages.Split(' ').SelectMany(Page)]);

        Assert.That(string.Join(' ', (await OggLinks.ReadAsync(path, default)).Select(l => l.Stream)), Is.EqualTo(streams));
    }

    [Test]
    public void A_page_is_found_wherever_a_part_of_the_file_ends()
    {
        byte[] whole = [.. Page("B1"), .. Page("1"), .. new byte[100_000], .. Page("B2"), .. Page("2")];
        var (links, at) = (new OggLinks(), 0);
        while (at < whole.Length)
        {
            var end = Math.Min(whole.Length, at + 70_000);
            at += links.AddAll(whole.AsSpan(at..end), at, end == whole.Length);
        }

        var second = whole.Length - Page("B2").Length - Page("2").Length;
        Assert.That(links.Links.Select(l => (l.Start, l.End)), Is.EqualTo(new[]
        {
            (0L, (long)Page("B1").Length + Page("1").Length),
            (second, whole.Length),
        }));
    }

    [Test]
    public void The_longest_step_of_a_link_is_between_its_pages_and_not_before_them()
    {
        var link = new OggLink(1, 0, 1, 1, 48000).With(0, 2).With(480000, 3).With(528000, 4).With(672000, 5).With(700000, 6);

        Assert.That((link.LongestStep, link.Seconds), Is.EqualTo((3.0, 220000 / 48000.0)));
    }

    [Test]
    public void Heads_alone_are_not_heard()
    {
        var links = new OggLinks();
        byte[] bytes = [.. Page("B1"), .. Page("H1"), .. Page("B2"), .. Page("H2"), .. Page("2")];
        links.AddAll(bytes, 0, isLast: true);

        Assert.That(links.Links.Select(l => l.IsHeard), Is.EqualTo(new[] { false, true }));
    }

    // Leaves out the pages that end between two times, in seconds.
    private static string Without(string path, double from, double until)
    {
        var (bytes, kept) = (File.ReadAllBytes(path), new List<byte>());
        for (var at = 0; at < bytes.Length;)
        {
            var page = bytes.AsSpan(at);
            var size = 27 + page[26];
            foreach (var lacing in page.Slice(27, page[26]))
                size += lacing;
            var end = BinaryPrimitives.ReadInt64LittleEndian(page[6..]) / 48000.0;
            if (end < from || end > until)
                kept.AddRange(page[..size]);
            at += size;
        }
        File.WriteAllBytes(path, [.. kept]);
        return path;
    }

    private Task<string> SoundAsync(string name, string how) => _bench.MakeAsync(name, $"{FlashAndBeep.Sound(Length, At)} {how}");

    // A page of a stream by its number: B begins one of Opus, U one of something else, H has heads; x is none.
    private static byte[] Page(string told)
    {
        if (told == "x")
            return [.. "OggSOggS and more"u8];
        var page = new byte[27 + 1 + 40];
        "OggS"u8.CopyTo(page);
        page[5] = (byte)(told[0] is 'B' or 'U' ? 2 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), told[0] == 'L' ? 240_000 : char.IsDigit(told[0]) ? 4800 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(14), uint.Parse(told.TrimStart('B', 'U', 'H', 'L')));
        (page[26], page[27]) = (1, 40);
        if (told[0] == 'B')
            "OpusHead\u0001\u0001"u8.CopyTo(page.AsSpan(28));
        return page;
    }
}
