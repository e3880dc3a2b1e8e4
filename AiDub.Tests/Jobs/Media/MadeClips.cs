using System.Collections.Concurrent;
using AiDub.Jobs.Tools;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Clips that ffmpeg makes of nothing but its own patterns and tones: each once in a run, however many tests want it.</summary>
internal static class MadeClips
{
    private static readonly ConcurrentDictionary<(string Arguments, string Extension), Lazy<Task<byte[]>>> Made = [];

    /// <summary>Whether all that goes into a clip is made up, so that it is the same whoever makes it.</summary>
    public static bool Has(string arguments) =>
        arguments.StartsWith("-f lavfi -i ", StringComparison.Ordinal)
        && arguments.Split(' ').Count(word => word == "-i") == arguments.Split("-f lavfi -i ").Length - 1;

    /// <summary>The bytes of a clip.</summary>
    public static Task<byte[]> OfAsync(ToolRunner tools, string arguments, string extension) =>
        Made.GetOrAdd((arguments, extension), _ => new(() => MakeAsync(tools, arguments, extension))).Value;

    private static async Task<byte[]> MakeAsync(ToolRunner tools, string arguments, string extension)
    {
        var folder = Directory.CreateTempSubdirectory("aidub-clip-").FullName;
        try
        {
            await tools.RunAsync(
                new ToolCommand("ffmpeg", ["-v", "error", "-y", .. arguments.Split(' '), "clip" + extension], folder), default);
            return await File.ReadAllBytesAsync(Path.Combine(folder, "clip" + extension));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
