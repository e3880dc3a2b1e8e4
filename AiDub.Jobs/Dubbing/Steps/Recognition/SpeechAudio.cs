using System.Globalization;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Media;

namespace AiDub.Jobs.Dubbing.Steps.Recognition;

/// <summary>The track that is dubbed as 16 kHz mono WAV, extracted once an attempt for all steps that listen to speech.</summary>
public sealed class SpeechAudio(AudioExtractor extractor)
{
    /// <summary>The path of the WAV file in the attempt's folder, where it is left for the next step.</summary>
    public async Task<string> OpenAsync(DubContext context, SourceMedia media, IProgress<double> progress, CancellationToken ct)
    {
        var path = PathIn(context, media);
        if (File.Exists(path))
            return path;
        var part = context.Artifacts.NewFile(".wav");
        var source = await context.Artifacts.OpenAsync(ObjectKeys.Source(context.SourceId), ct);
        await extractor.ExtractAsync(source, media, part, context.Scratch, progress, ct);
        File.Move(part, path);
        return path;
    }

    /// <summary>Removes the file: no later step needs it.</summary>
    public static void Remove(DubContext context, SourceMedia media) => File.Delete(PathIn(context, media));

    private static string PathIn(DubContext context, SourceMedia media) =>
        Path.Combine(context.Scratch, string.Create(CultureInfo.InvariantCulture, $"speech-{media.Audio.Index}.wav"));
}
