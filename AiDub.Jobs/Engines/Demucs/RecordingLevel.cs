using System.Runtime.InteropServices;

namespace AiDub.Jobs.Engines.Demucs;

/// <summary>The level of a recording, by which Demucs wants it brought to one (<c>demucs/api.py</c>, <c>separate_tensor</c>).</summary>
/// <param name="Mean">The mean of the middle of left and right.</param>
/// <param name="Deviation">Its standard deviation; 1 where nothing sounds.</param>
internal sealed record RecordingLevel(double Mean, double Deviation)
{
    private const int FramesAtOnce = 1 << 16;

    /// <summary>A sample as it is taken: one that is no number is silence. Sources of floats may hold such.</summary>
    public static double Sound(float sample) => float.IsFinite(sample) ? sample : 0;

    /// <summary>Measures a file of 32-bit floats, left and right interleaved.</summary>
    public static async Task<RecordingLevel> OfAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        var bytes = new byte[FramesAtOnce * 2 * sizeof(float)];
        var (sum, squares, frames) = (0.0, 0.0, 0L);
        while (await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct) is var read and > 0)
        {
            var samples = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, read));
            for (var i = 0; i + 1 < samples.Length; i += 2, frames++)
            {
                var middle = (Sound(samples[i]) + Sound(samples[i + 1])) / 2;
                (sum, squares) = (sum + middle, squares + (middle * middle));
            }
        }
        var mean = frames == 0 ? 0 : sum / frames;
        var deviation = frames == 0 ? 0 : Math.Sqrt(Math.Max(0, (squares / frames) - (mean * mean)));
        return new RecordingLevel(mean, deviation > 0 ? deviation : 1);
    }
}
