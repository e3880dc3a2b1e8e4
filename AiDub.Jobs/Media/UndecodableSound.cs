using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media;

/// <summary>Says why the sound of a source could not be decoded.</summary>
internal sealed class UndecodableSound(ToolRunner tools)
{
    private static readonly TimeSpan LookTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Whether it is the source, and not the machine, that ffmpeg failed by; a file that is gone says nothing.</summary>
    public static bool Is(ToolFailedException error, string source) =>
        (error.EndedByItself || error.Crashed) && !NoSpaceLeft.Is(error) && File.Exists(source);

    /// <summary>The refusal: <c>media_encrypted</c>, else <c>media_invalid</c>.</summary>
    /// <param name="source">The source.</param>
    /// <param name="media">What it was found to be.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffprobe runs.</param>
    /// <param name="cause">What decoding it ended with; null: there was nothing to hear.</param>
    /// <param name="ct">Ends the look and its process.</param>
    public async Task<PermanentDubException> RefusalAsync(
        string source, SourceMedia media, string scratch, Exception? cause, CancellationToken ct) =>
        await IsEncryptedAsync(source, media, scratch, ct)
            ? new(FailureCode.MediaEncrypted, inner: cause)
            : new(FailureCode.MediaInvalid, "The sound of the source is damaged or in a format that cannot be decoded.", cause);

    // Common encryption (ISO/IEC 23001-7) is told of each packet. A film may begin with some that are clear: some in its middle are looked
    // at too.
    private async Task<bool> IsEncryptedAsync(string source, SourceMedia media, string scratch, CancellationToken ct)
    {
        string[] arguments =
        [
            "-v", "quiet", .. SourceFile.Guard, "-show_packets",
            "-select_streams", media.Audio.Index.ToString(CultureInfo.InvariantCulture),
            "-read_intervals", string.Create(CultureInfo.InvariantCulture, $"%+#50,{media.DurationSeconds / 2:F3}%+#50"),
            SourceFile.Local(source),
        ];
        try
        {
            var told = await tools.RunAsync(
                new ToolCommand("ffprobe", arguments, scratch) { Timeout = LookTimeout, AllowFailure = true }, ct);
            return told.StandardOutput.Contains("side_data_type=Encryption", StringComparison.Ordinal);
        }
        catch (ToolFailedException e) when (e.RanTooLong)
        {
            return false;
        }
    }
}
