using System.Runtime.InteropServices;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Engines.Remote;

/// <summary>Turns the sound that a server answered with into 16-bit mono WAV files.</summary>
public sealed class ReceivedAudio(ToolRunner tools)
{
    private const int LeastBytes = 64;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>A body that is no sound at all, or ends before its own header says.</summary>
    /// <exception cref="MalformedAnswerException">It is so.</exception>
    internal static void Check(byte[] body, bool raw)
    {
        if (body.Length < LeastBytes || IsText(body))
            throw new MalformedAnswerException("The answer holds no sound.");
        if (!raw && WavFile.StatedBytes(body) > body.Length)
            throw new MalformedAnswerException("The answer's sound ends too early.");
    }

    /// <summary>Writes a file.</summary>
    /// <param name="engine">The engine's name, for the message.</param>
    /// <param name="body">WAV, or whatever else ffmpeg reads; or bare samples.</param>
    /// <param name="rawRate">The rate in Hz when <paramref name="body"/> is bare 16-bit mono samples; null when it is a file.</param>
    /// <param name="wavPath">The file to write.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="Domain.Errors.TransientDubException">There is no sound in it.</exception>
    internal Task WriteAsync(string engine, byte[] body, int? rawRate, string wavPath, CancellationToken ct) =>
        SpeechFile.WriteAsync(engine, wavPath, async part =>
        {
            if (rawRate is { } rate)
            {
                var samples = MemoryMarshal.Cast<byte, short>(body.AsSpan(0, body.Length / 2 * 2)).ToArray();
                await new WavFile(rate, samples).WriteAsync(part, ct);
                return;
            }
            var received = part + ".in";
            try
            {
                await File.WriteAllBytesAsync(received, body, ct);
                if (await TryCopyAsync(received, part, ct))
                    return;
                string[] arguments =
                [
                    "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Guard, "-i", SourceFile.Local(received), "-vn", "-ac", "1",
                    "-c:a", "pcm_s16le", "-fflags", "+bitexact", "-f", "wav", "-y", SourceFile.Local(part),
                ];
                await tools.RunAsync(new ToolCommand("ffmpeg", arguments, Path.GetDirectoryName(part)!) { Timeout = Timeout }, ct);
            }
            finally
            {
                File.Delete(received);
            }
        });

    // What is 16-bit mono already is only given a true header: servers that stream do not know the length when they write it.
    private static async Task<bool> TryCopyAsync(string received, string part, CancellationToken ct)
    {
        try
        {
            var wav = WavFile.Read(received);
            if (wav.Samples.Length == 0)
                return false;
            await wav.WriteAsync(part, ct);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // An error in JSON or HTML, sent as if it were sound. Samples and the heads of sound files hold zero bytes, or bytes beyond ASCII.
    private static bool IsText(byte[] body) => !body.AsSpan(0, LeastBytes).ContainsAnyExceptInRange((byte)'\t', (byte)'~');
}
