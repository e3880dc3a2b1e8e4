using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Engines;

/// <summary>Writes a WAV file of speech whole or not at all: a synthesiser writes beside it, then it is renamed.</summary>
/// <remarks>Programs that write their file themselves may pass over a full disk and end with 0.</remarks>
internal static class SpeechFile
{
    private const int SilenceRate = 22050;
    private const double SilenceSeconds = 0.1;

    /// <summary>Lets a synthesiser write to a path of its own and puts what it wrote in place.</summary>
    /// <param name="engine">The synthesiser's name, for the message.</param>
    /// <param name="wavPath">Where the file is to be.</param>
    /// <param name="write">Makes the tool write the WAV file that it is given the full path of.</param>
    /// <exception cref="TransientDubException">The synthesiser broke off, or wrote no sound or less than it says.</exception>
    /// <exception cref="IOException">It did so because there is no room.</exception>
    public static async Task WriteAsync(string engine, string wavPath, Func<string, Task> write)
    {
        var path = Path.GetFullPath(wavPath);
        var part = path + ".part";
        try
        {
            await write(part);
            if (new FileInfo(part) is not { Exists: true, Length: > WavFile.HeadBytes } file)
                throw await FaultAsync(path, $"{engine} made no sound.");
            if (WavFile.StatedBytes(part) > file.Length)
                throw await FaultAsync(path, $"{engine} broke off.");
            File.Move(part, path, overwrite: true);
        }
        catch (ToolFailedException e)
        {
            throw await FaultAsync(path, $"{engine} broke off.", e);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Writes a tenth of a second of silence: what a text with nothing to say sounds like.</summary>
    public static Task WriteSilenceAsync(string wavPath, CancellationToken ct) =>
        new WavFile(SilenceRate, new short[(int)(SilenceRate * SilenceSeconds)]).WriteAsync(wavPath, ct);

    // A full disk is told as one, by the system itself: it is waited for.
    private static async Task<TransientDubException> FaultAsync(string path, string what, Exception? inner = null)
    {
        await DataDirectory.ProbeAsync(Path.GetDirectoryName(path)!, CancellationToken.None);
        return new TransientDubException($"The text could not be spoken: {what}", inner);
    }
}
