using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Recognition;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Turns the source's speech into a transcript, or takes the one that the user gave.</summary>
public sealed class TranscribeStep(TrackRecognition tracks) : IDubStep
{
    /// <inheritdoc />
    public string Name => "transcribe";

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        var given = await context.Artifacts.TryReadAsync<GivenTexts>(ObjectKeys.GivenTexts(context.SourceId), ct);
        var transcript = given is null
            ? await RecognizeAsync(context, media, ct)
            : Given(context, given.ByFramesOf(media), media.DurationSeconds);
        await context.Artifacts.WriteAsync(ObjectKeys.Transcript(context.SourceId), WithinVideo(transcript, media.DurationSeconds), ct);
    }

    // Of a translation without a transcript only the times are known of what is said.
    private static Transcript Given(DubContext context, GivenTexts read, double seconds)
    {
        var given = read.ByClockOf(seconds);
        if (given != read)
            context.Warn(
                WarningCode.TextRepaired,
                "Subtitles that were given count from the full hour at which a programme begins, not from the beginning of the video: that "
                    + "hour was taken off.");
        var timed = (given.Transcript ?? given.Translation ?? [])
            .Select(t => given.Transcript is null ? t with { Text = "", Caption = t.Text.Length == 0 ? t.Caption : null } : t);
        var late = (given.Transcript ?? []).Concat(given.Translation ?? []).Count(t => t.Start >= seconds);
        if (late > 0)
            context.Warn(
                WarningCode.TextsAfterEnd, $"{late} of the subtitles that were given lie after the end of the video and were left out.");
        return new Transcript(
            context.Order.FromLang ?? LanguageCode.Undetermined,
            given.Transcript is null ? "none" : GivenTexts.Engine, GivenTexts.Within([.. timed], seconds));
    }

    private async Task<Transcript> RecognizeAsync(DubContext context, SourceMedia media, CancellationToken ct)
    {
        var heard = await tracks.RecognizeAsync(context, media, ct);
        if (heard.Media.Audio.Index != media.Audio.Index)
            await context.Artifacts.WriteAsync(ObjectKeys.Media(context.SourceId), heard.Media, ct);
        return heard.Transcript;
    }

    // An engine may round the last segment past the end.
    private static Transcript WithinVideo(Transcript transcript, double seconds) => transcript with
    {
        Segments = [.. transcript.Segments
            .Where(s => s.Start < seconds)
            .Select((s, index) => s with { Index = index, End = Math.Min(s.End, seconds) })],
    };
}
