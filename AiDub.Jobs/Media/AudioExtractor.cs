using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media;

/// <summary>Writes the sound of a source as recognisers want it.</summary>
public sealed class AudioExtractor(ToolRunner tools)
{
    private readonly UndecodableSound _undecodable = new(tools);

    /// <summary>
    /// Keeps sound where the picture is: time 0 is where the source begins, a track that starts later is preceded by silence, and gaps are
    /// filled.
    /// </summary>
    /// <remarks>Jitter below 30 ms is left alone: some containers round their times. It is less than a frame of the picture.</remarks>
    internal static string Aligned(int sampleRate) =>
        string.Create(CultureInfo.InvariantCulture, $"aresample={sampleRate}:async=1:first_pts=0:min_hard_comp=0.03");

    /// <summary>Writes a 16 kHz mono 16-bit WAV file on the source's time line.</summary>
    /// <param name="source">The source.</param>
    /// <param name="media">What it was found to be.</param>
    /// <param name="wavPath">The file to write; it is replaced.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffmpeg runs.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="PermanentDubException">Its sound cannot be decoded (<c>media_invalid</c>), is encrypted (<c>media_encrypted</c>),
    /// takes too long (<c>media_too_slow</c>) or too much room (<c>media_too_large</c>).</exception>
    public async Task ExtractAsync(
        string source, SourceMedia media, string wavPath, string scratch, IProgress<double> progress, CancellationToken ct)
    {
        try
        {
            if (media.Audio.Channels == 1)
                await ExtractMonoAsync(source, media, wavPath, scratch, progress, ct);
            else
                await MixedSpeech.WriteAsync(tools, Channels(source, media), media, wavPath, scratch, progress, ct);
        }
        catch (ToolFailedException e) when (UndecodableSound.Is(e, source))
        {
            throw await _undecodable.RefusalAsync(source, media, scratch, e, ct);
        }
        catch (ToolFailedException e) when (e.RanTooLong)
        {
            throw new PermanentDubException(
                FailureCode.MediaTooSlow, "The sound of the source took too long to decode; it may be damaged.", e);
        }
        catch (ToolFailedException e) when (e.WroteTooMuch)
        {
            throw new PermanentDubException(FailureCode.MediaTooLarge, inner: e);
        }
        using (var wav = WavReader.Open(wavPath))
        {
            if (wav.Frames == 0)
                throw await _undecodable.RefusalAsync(source, media, scratch, null, ct);
        }
        await SpeechLevel.MendAsync(wavPath, ct);
    }

    private Task<ToolResult> ExtractMonoAsync(
        string source, SourceMedia media, string wavPath, string scratch,
        IProgress<double> progress, CancellationToken ct) => tools.RunAsync(
        new ToolCommand("ffmpeg", Arguments(source, media, wavPath), scratch)
        {
            OnOutputLine = line =>
            {
                if (FfmpegProgress.Share(line, media.DurationSeconds) is { } share)
                    progress.Report(share);
            },
        },
        ct);

    /// <summary>The arguments of ffmpeg for one channel; pure.</summary>
    internal static IReadOnlyList<string> Arguments(string source, SourceMedia media, string wavPath) =>
    [
        .. Decode(source, media), "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le",
        "-fflags", "+bitexact", "-f", "wav", "-progress", "pipe:1", "-nostats", "-y", SourceFile.Local(wavPath),
    ];

    // All channels as they are, to standard output. What has other channels in the middle is brought to these.
    private static IReadOnlyList<string> Channels(string source, SourceMedia media) =>
    [
        .. Decode(source, media), "-ac", media.Audio.Channels.ToString(CultureInfo.InvariantCulture), "-ar", "16000", "-c:a", "pcm_f32le",
        "-t", media.DurationSeconds.ToString("F6", CultureInfo.InvariantCulture), "-f", "f32le", "pipe:1",
    ];

    private static IReadOnlyList<string> Decode(string source, SourceMedia media) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Input(source, media), .. DubbedSound.Of(media, 16000),
    ];
}
