using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Media.Clock;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Media.Probing;

/// <summary>Finds out what a source is, by ffprobe.</summary>
public sealed class MediaProber(ToolRunner tools, IOptions<SourceOptions> options)
{
    private const int HeadBytes = 4096;
    private const string EstimateWarning = "Estimating duration from bitrate";
    private const string PixelsWarning = "exceeds specified max pixel count";
    private const string KindError = "Format not on whitelist";
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromMinutes(2);
    private readonly SourcePreparation _preparation = new(tools);
    private readonly PictureChange _change = new(tools);

    /// <summary>Probes what was fetched, of which the server may not have sent all.</summary>
    /// <inheritdoc cref="ProbeAsync(string, string, CancellationToken)"/>
    /// <param name="path">The source.</param>
    /// <param name="lacking">How it falls short; null: it does not.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffprobe runs.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    public async Task<SourceMedia> ProbeAsync(string path, ShortFile? lacking, string scratch, CancellationToken ct)
    {
        try
        {
            return await ProbeAsync(path, scratch, ct);
        }
        catch (PermanentDubException e) when (lacking is not null && e.Code == FailureCode.MediaInvalid)
        {
            // What lacks its end, and therefore cannot be read, is no damaged file.
            throw BrokenOff.Nothing(e);
        }
    }

    /// <summary>
    /// Probes a local file and makes of it what everything after it can rely on: one continuous time line, sound of one format.
    /// </summary>
    /// <param name="path">The source; where it has to be laid anew, the copy takes its place.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffprobe runs.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="PermanentDubException">
    /// <c>media_invalid</c>: not media, damaged, or of a kind that is not opened; <c>media_empty</c>: no bytes or no time;
    /// <c>audio_missing</c>: no audio track;
    /// <c>media_too_long</c>: longer than <see cref="SourceOptions.MaxDurationSeconds"/>; <c>media_pixels</c>, <c>media_frame_rate</c>,
    /// <c>media_streams</c>: more of those than <see cref="SourceOptions"/> allow; <c>media_too_slow</c>: it took too long to read;
    /// <c>media_encrypted</c>: a broadcast or a disc that was copied scrambled, an encrypted picture, or what a shop encrypted;
    /// <c>source_cut_short</c>: it broke off before anything that can be used;
    /// <c>clock_broken</c>: its times or its sound cannot be put in order.
    /// </exception>
    public async Task<SourceMedia> ProbeAsync(string path, string scratch, CancellationToken ct)
    {
        if (new FileInfo(path).Length == 0)
            throw new PermanentDubException(FailureCode.MediaEmpty);
        if (await CopyProtection.IsThereAsync(path, ct))
            throw new PermanentDubException(FailureCode.MediaEncrypted);
        var cut = await LeadingBytes.CutAsync(path, isRefused: false, ct);
        try
        {
            return await ReadAsync(path, scratch, ct) with { LeadingBytes = cut };
        }
        catch (PermanentDubException e) when (e.Code == FailureCode.MediaInvalid || e.Code == FailureCode.AudioMissing)
        {
            cut = await LeadingBytes.CutAsync(path, isRefused: true, ct);
            if (cut == 0 && await TransportScrambling.IsThereAsync(path, ct))
                throw new PermanentDubException(FailureCode.MediaEncrypted, inner: e);
            if (cut == 0)
                throw;
            return await ReadAsync(path, scratch, ct) with { LeadingBytes = cut };
        }
    }

    private async Task<SourceMedia> ReadAsync(string path, string scratch, CancellationToken ct)
    {
        var docType = await DocTypeAsync(path, ct);
        await WavLength.MendAsync(path, ct);
        await Wave64Length.MendAsync(path, ct);
        await AiffLength.MendAsync(path, ct);
        var size = await StatedSize.OfAsync(path, ct);
        if (size.LacksIndex)
            throw BrokenOff.Nothing();
        var shown = await PixelCrop.OfAsync(path, ct);
        var ignoresSpeeds = await ShownSpeeds.AreStatedAsync(path, ct);
        await EditRepair.MendAsync(path, ct);
        var prepared = await PrepareAsync(path, size, scratch, ct);
        var media = SourceMediaReader.Read(prepared.Report, docType, prepared.Seconds);
        if (media.PictureIsLeftOut && await TransportScrambling.IsThereAsync(path, ct))
            throw new PermanentDubException(FailureCode.MediaEncrypted);
        SourceLimits.CheckLength(prepared.Seconds, options.Value);
        media = media with
        {
            StartSeconds = prepared.Start ?? media.StartSeconds,
            ClockRepairs = prepared.Repaired,
            LeavesFilesOut = prepared.LeavesFilesOut,
            IgnoresSpeeds = ignoresSpeeds,
            DroppedStreams = prepared.LosesChapters ? [.. media.DroppedStreams, "chapters"] : media.DroppedStreams,
        };
        if (BrokenOff.Of(size, prepared, media) is { } cut)
            media = media with { DurationSeconds = cut.Seconds, CutShort = cut };
        if (prepared.Clock is { SubtitlesOutlast: true } || SourceMediaReader.ChaptersOutlast(prepared.Report, media))
            media = media with { IsOutlasted = true };
        if (media.Video is { } video)
        {
            var format = SourceMediaReader.Report(prepared.Report).Format!;
            media = media with
            {
                PictureChanges = prepared.PictureIsJoined || await _change.IsThereAsync(path, format, video, scratch, ct),
            };
            if (shown.ElementAtOrDefault(SourceMediaReader.PictureNumber(prepared.Report, video)) is { } part)
                media = part.Of(media);
        }
        return await PictureBoxes.AddAsync(path, media, ct);
    }

    private async Task<PreparedSource> PrepareAsync(string path, StatedSize size, string scratch, CancellationToken ct)
    {
        try
        {
            return await ReadableAsync(
                () => _preparation.PrepareAsync(
                    path, () => HeaderAsync(path, scratch, ct), options.Value, size.IsWhole, scratch, ct));
        }
        catch (PermanentDubException e) when (e.Code == FailureCode.MediaInvalid && size.IsShort)
        {
            throw BrokenOff.Nothing(e);
        }
    }

    private async Task<(string Report, bool IsGuess)> HeaderAsync(string path, string scratch, CancellationToken ct)
    {
        var (isGuess, hasTooManyPixels) = (false, false);
        string[] wanted = ["-show_format", "-show_streams", "-show_programs", "-show_chapters", "-of", "json"];
        var command = new ToolCommand("ffprobe", Arguments(path, "warning", wanted), scratch)
        {
            Timeout = HeaderTimeout,
            OnErrorLine = line =>
            {
                isGuess |= line.Contains(EstimateWarning, StringComparison.Ordinal);
                hasTooManyPixels |= line.Contains(PixelsWarning, StringComparison.Ordinal);
            },
        };
        var report = await ReadableAsync(async () => (await tools.RunAsync(command, ct)).StandardOutput);

        // ffprobe says so and ends well.
        if (hasTooManyPixels)
            throw SourceLimits.TooManyPixels(options.Value);
        SourceLimits.CheckSize(report, options.Value);
        return (report, isGuess || await FragmentedLength.IsGuessedAsync(path, ct));
    }

    private async Task<T> ReadableAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (ToolFailedException e) when (e.StandardErrorTail.Contains(PixelsWarning, StringComparison.Ordinal))
        {
            throw SourceLimits.TooManyPixels(options.Value, e);
        }
        catch (ToolFailedException e) when (e.StandardErrorTail.Contains(KindError, StringComparison.Ordinal))
        {
            throw new PermanentDubException(FailureCode.MediaInvalid, "The source is a file of a kind that is not opened here.", e);
        }
        catch (ToolFailedException e) when (e.RanTooLong)
        {
            throw new PermanentDubException(FailureCode.MediaTooSlow, inner: e);
        }
        catch (ToolFailedException e) when (e.ExitCode == 1 || e.Crashed || e.InnerException is InvalidDataException)
        {
            throw new PermanentDubException(FailureCode.MediaInvalid, inner: e);
        }
    }

    private string[] Arguments(string path, string level, params string[] what) =>
    [
        "-hide_banner", "-v", level, .. SourceFile.Guard, "-max_pixels",
        options.Value.MaxPixels.ToString(CultureInfo.InvariantCulture), .. what,
        SourceFile.Local(path),
    ];

    private static async Task<string?> DocTypeAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        return EbmlHead.DocType(head.AsSpan(0, read));
    }
}
