using AiDub.Domain.Errors;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>
/// The sound of a source, and its background where that is known, decoded by ffmpeg: as often as it is read, or once where it is short,
/// and then kept in memory.
/// </summary>
/// <param name="tools">Runs ffmpeg.</param>
/// <param name="job">What is rendered.</param>
internal sealed class SourceSound(ToolRunner tools, RenderJob job)
{
    // Of 32 bits each: 87 seconds in stereo.
    private const int MostKept = 1 << 23;

    private readonly UndecodableSound _undecodable = new(tools);
    private readonly int _width = new SourceFrames(job).Width;
    private float[]? _kept;

    /// <summary>How many frames a source has at the rate at which it is mixed.</summary>
    public static long Frames(RenderJob job) => (long)Math.Round(job.Media.DurationSeconds * DubRenderer.SampleRate);

    /// <summary>Reads it from its start to its end.</summary>
    /// <param name="take">Is given every chunk of frames, which it may overwrite, and the share of all that is read with it, 0–1.</param>
    /// <param name="ct">Ends the reading and its process.</param>
    /// <exception cref="ToolFailedException">ffmpeg could not decode the background.</exception>
    /// <exception cref="PermanentDubException">The source's sound cannot be decoded (<c>media_invalid</c>) or is encrypted
    /// (<c>media_encrypted</c>).</exception>
    public async Task ReadAsync(Func<Memory<float>, double, ValueTask> take, CancellationToken ct)
    {
        var frames = Frames(job);
        if (_kept is { } kept)
        {
            await new AudioBlocks(_width, frames).ReadAsync(kept, (chunk, done) => take(chunk, (double)done / frames), ct);
            return;
        }
        var whole = frames * _width <= MostKept ? new float[frames * _width] : null;
        await DecodeAsync(
            (decoded, stop) => new AudioBlocks(_width, frames).ReadAsync(
                decoded,
                (chunk, done) =>
                {
                    if (whole is not null)
                        chunk.CopyTo(whole.AsMemory((int)(done * _width) - chunk.Length));
                    return take(chunk, (double)done / frames);
                },
                stop),
            ct);
        _kept = whole;
    }

    private async Task DecodeAsync(Func<Stream, CancellationToken, Task> take, CancellationToken ct)
    {
        var decode = new ToolCommand("ffmpeg", RenderArguments.Decode(job), job.Scratch) { StandardOutput = PipeTarget.Create(take) };
        try
        {
            await tools.RunAsync(decode, ct);
        }
        catch (ToolFailedException e) when (UndecodableSound.Is(e, job.SourcePath) && job.BackgroundPath is null)
        {
            // No other container makes it better, nor a picture that is encoded anew.
            throw await _undecodable.RefusalAsync(job.SourcePath, job.Media, job.Scratch, e, ct);
        }
    }
}
