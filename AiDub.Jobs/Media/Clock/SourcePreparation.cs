using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Makes of a source what everything after it can rely on: one continuous time line from 0 on, as long as a player shows, with sound of one
/// codec and format. Most sources need nothing or an offset; for others a copy takes their place.
/// </summary>
internal sealed class SourcePreparation(ToolRunner tools)
{
    private readonly FragmentRelay _fragments = new(tools);
    private readonly JoinedRelay _files = new(tools);
    private readonly OggRelay _links = new(tools);
    private readonly TransportRelay _codecs = new(tools);
    private readonly ClockRepair _clocks = new(tools);
    private readonly AudioRelay _sounds = new(tools);

    /// <summary>Prepares a source.</summary>
    /// <param name="path">The source; it is replaced when it is laid anew.</param>
    /// <param name="read">Asks ffprobe what the file is; whether the length that it states is a guess.</param>
    /// <param name="limits">What it may have at most, which is looked at before anything that takes long.</param>
    /// <param name="isWhole">Whether the file has all the bytes that it states: what counts its samples need not be read then.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="Domain.Errors.PermanentDubException">
    /// It cannot be put in order (<c>clock_broken</c>), or has more than it may.
    /// </exception>
    /// <exception cref="ToolFailedException">It cannot be read.</exception>
    public async Task<PreparedSource> PrepareAsync(
        string path, Func<Task<(string Report, bool IsGuess)>> read, SourceOptions limits, bool isWhole, string scratch,
        CancellationToken ct)
    {
        var (json, isGuess) = await read();
        var report = SourceMediaReader.Report(json);
        if (report.Format!.Is("mov") && await _fragments.LayAsync(path, report, scratch, ct))
        {
            (json, isGuess) = await read();
            report = SourceMediaReader.Report(json);
        }
        var files = await _files.LayAsync(path, report, limits, scratch, ct);
        if (files is { Streams.Count: > 0 })
        {
            var (stream, isGuessOfStream) = await read();
            SourceLimits.CheckSound(stream);
            var laid = await LayClockAsync(path, stream, isGuessOfStream, read, limits, isWhole, scratch, ct);
            return Told(report, laid with
            {
                Report = files.AreOfFirst ? RelaidReport.OfUntagged(json, laid.Report, files.Streams) : laid.Report,
                PictureIsJoined = files.PictureDiffers,
            });
        }
        SourceLimits.CheckSound(json);
        var prepared = await LayOneAsync(path, json, isGuess, report, read, limits, isWhole, scratch, ct);
        return Told(report, prepared with { LeavesFilesOut = files is not null });
    }

    // A copy may be of a kind that has no chapters.
    private static PreparedSource Told(ProbeReport source, PreparedSource prepared) => prepared with
    {
        LosesChapters = source.Chapters.Count > 0 && SourceMediaReader.Report(prepared.Report).Chapters.Count == 0,
    };

    // A file that is one.
    private async Task<PreparedSource> LayOneAsync(
        string path, string json, bool isGuess, ProbeReport report, Func<Task<(string Report, bool IsGuess)>> read, SourceOptions limits,
        bool isWhole, string scratch, CancellationToken ct)
    {
        if (await _links.LayAsync(path, report, limits, scratch, ct) is { } starts)
        {
            var copy = (await read()).Report;
            var seconds = SourceMediaReader.StatedDuration(copy) ?? 0;
            return new PreparedSource(RelaidReport.OfUntagged(json, copy, report.Streams), null, seconds, starts);
        }
        if (!report.Format!.Is("mpegts") || await _codecs.LayAsync(path, scratch, ct) is not { } changes)
            return await LayClockAsync(path, json, isGuess, read, limits, isWhole, scratch, ct);
        (json, isGuess) = await read();
        return await LayClockAsync(path, json, isGuess, read, limits, isWhole, scratch, ct) with { PictureIsJoined = changes.IsOfPicture };
    }

    private async Task<PreparedSource> LayClockAsync(
        string path, string json, bool isGuess, Func<Task<(string Report, bool IsGuess)>> read, SourceOptions limits, bool isWhole,
        string scratch, CancellationToken ct)
    {
        var report = SourceMediaReader.Report(json);
        var stated = isGuess ? null : SourceMediaReader.StatedDuration(json);

        // What counts its samples cannot have a wrong clock, and says how long it is; whether all of that is there its packets tell.
        if (ClockRules.AreCounted(report.Format!.Name) && stated > 0)
        {
            var there = isWhole ? null : await _clocks.ReadAsync(path, report, scratch, ct);
            return new PreparedSource(json, null, stated.Value, [])
            {
                Stated = stated,
                Clock = there is { KnowsEnds: true } ? there : null,
            };
        }
        var laid = await _clocks.LayAsync(path, report, scratch, ct);
        var timing = SourceTiming.Of(report.Format, stated, laid);
        if (laid.Copied is { } relaid)
            json = RelaidReport.Of(json, (await read()).Report, relaid);

        var now = SourceMediaReader.Report(json);
        var start = timing.Start ?? now.Format!.Start ?? 0;
        if (!AudioRelay.IsMiscounted(now))
            SourceLimits.CheckLength(timing.Seconds, limits);
        if (await _sounds.LayAsync(path, now, start, laid.Copied is not null, scratch, ct) is not { } joined)
        {
            return new PreparedSource(json, timing.Start, timing.Seconds, laid.Repaired)
            {
                Stated = SourceTiming.Promised(stated, laid),
                Clock = laid.Copied is null ? laid.Clock : null,
            };
        }
        var copy = (await read()).Report;
        var seconds = AudioRelay.IsMiscounted(now) ? SourceMediaReader.StatedDuration(copy) ?? timing.Seconds : timing.Seconds;
        return new PreparedSource(RelaidReport.Of(json, copy, joined), null, seconds, laid.Repaired);
    }
}

/// <summary>A source that can be relied on.</summary>
/// <param name="Report">What ffprobe says of it, in the container that it came in.</param>
/// <param name="Start">The stamp at which it begins, in seconds; null: as the report says.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="Repaired">Where its clock was put right, in seconds from where it begins.</param>
internal sealed record PreparedSource(string Report, double? Start, double Seconds, IReadOnlyList<double> Repaired)
{
    /// <summary>The length in seconds that its header states; null when it states none that can be believed, and for a copy.</summary>
    public double? Stated { get; init; }

    /// <summary>Whether its picture was of several codecs, and is of one now, each part as it was.</summary>
    public bool PictureIsJoined { get; init; }

    /// <summary>Whether the source has chapters, and what was made of it none.</summary>
    public bool LosesChapters { get; init; }

    /// <summary>Whether other files follow in the source that could not be laid on.</summary>
    public bool LeavesFilesOut { get; init; }

    /// <summary>What its packets say; null when they were not read, and for a copy.</summary>
    public SourceClock? Clock { get; init; }
}
