using AiDub.Domain.Media;
using AiDub.Jobs.Dubbing.Steps.Rendering;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Tools;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>Recordings one after another in one file, and what becomes of them.</summary>
internal static class JoinedClips
{
    // A recorder goes on without a second head.
    private const int FlvHead = 13;

    /// <summary>Writes files one after another into one.</summary>
    public static string Join(MediaBench bench, string name, params string[] parts)
    {
        using var joined = File.Create(bench.Path(name));
        foreach (var (i, part) in parts.Index())
            joined.Write(File.ReadAllBytes(part).AsSpan(i > 0 && name.EndsWith(".flv", StringComparison.Ordinal) ? FlvHead : 0));
        return joined.Name;
    }

    /// <summary>Probes a source and renders it whole, without speech, as a dub does.</summary>
    public static async Task<(SourceMedia Media, string Dubbed)> RenderAsync(MediaBench bench, string source)
    {
        var media = await bench.ProbeAsync(source);
        foreach (var (way, _) in RenderFallback.Ways(media))
        {
            var job = new RenderJob
            {
                SourcePath = source,
                Media = way,
                Speech = [],
                OriginalSpeech = [],
                Language = "es",
                OutputPath = bench.Path("dubbed" + way.Container.Extension()),
                Scratch = bench.Folder,
            };
            try
            {
                await bench.Renderer.RenderAsync(job, new NoProgress(), default);
                return (media, job.OutputPath);
            }
            catch (ToolFailedException e) when (e.EndedByItself)
            {
                TestContext.Out.WriteLine(e.Message);
            }
        }
        throw new AssertionException("No container took it.");
    }
}
