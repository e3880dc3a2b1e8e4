using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Media.Clock;

/// <summary>Files that were joined, as one stream.</summary>
/// <param name="Streams">The streams that it has, in its order, as one of the files has them.</param>
/// <param name="AreOfFirst">Whether that is the first of them, of which alone ffprobe tells.</param>
/// <param name="PictureDiffers">Whether the picture is not decoded in the same way throughout, or was encoded.</param>
/// <param name="SoundDiffers">Whether the sound is not.</param>
internal sealed record JoinedFiles(
    IReadOnlyList<ProbedStream> Streams, bool AreOfFirst, bool PictureDiffers, bool SoundDiffers)
{
    /// <summary>None were written: only the first is seen and heard.</summary>
    public static JoinedFiles None { get; } = new([], false, false, false);
}
