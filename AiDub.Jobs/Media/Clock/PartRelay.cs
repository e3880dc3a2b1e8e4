using AiDub.Domain.Errors;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Writes parts of a file anew, each by itself and with the stamps that it has, one after another as one transport stream.
/// </summary>
internal sealed class PartRelay(ToolRunner tools)
{
    /// <summary>More are damage, or made.</summary>
    public const int MostParts = 100;

    /// <summary>Writes them; the file is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How ffmpeg names what each part is.</param>
    /// <param name="starts">Where the parts begin but for the first, in order.</param>
    /// <param name="arguments">The arguments that write a part, of the options that open it and the file to write.</param>
    /// <param name="what">What changes from one to another, for a person.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="PermanentDubException">A part cannot be read (<c>clock_broken</c>).</exception>
    public async Task LayAsync(
        string path, string format, IReadOnlyList<long> starts,
        Func<IReadOnlyList<string>, string, Task<IReadOnlyList<string>>> arguments, string what, string scratch, CancellationToken ct)
    {
        var (whole, part) = (Path.Combine(scratch, "whole"), Path.Combine(scratch, "part"));
        try
        {
            await using (var joined = File.Create(whole))
            {
                long[] ends = [.. starts, new FileInfo(path).Length];
                for (var (i, from) = (0, 0L); i < ends.Length; from = ends[i++])
                {
                    await WriteAsync(await arguments(SourceFile.Part(path, format, from, ends[i]), part));
                    await using (var written = File.OpenRead(part))
                        await written.CopyToAsync(joined, ct);
                    File.Delete(part);
                }
            }
            File.Move(whole, path, overwrite: true);
        }
        catch (ToolFailedException e) when (ClockRepair.IsTheSources(e))
        {
            throw new PermanentDubException(
                FailureCode.ClockBroken, $"The {what} of the source changes on the way and cannot be joined.", e);
        }
        finally
        {
            File.Delete(part);
            File.Delete(whole);
        }

        Task WriteAsync(IReadOnlyList<string> told) => tools.RunAsync(new ToolCommand("ffmpeg", told, scratch), ct);
    }
}
