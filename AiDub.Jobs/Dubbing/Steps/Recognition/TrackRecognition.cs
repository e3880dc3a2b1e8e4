using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Checking;

namespace AiDub.Jobs.Dubbing.Steps.Recognition;

/// <summary>What was recognised, and the source with the track in which it was.</summary>
public sealed record RecognizedTrack(SourceMedia Media, Transcript Transcript);

/// <summary>Recognises the speech of a source: in the track that was chosen, and where it yields none in the next.</summary>
public sealed class TrackRecognition(SpeechAudio speech, ISpeechFinder finder, Recognizers recognizers)
{
    // How far from the speech, in seconds, an engine may place words of it.
    private const double Beside = 0.3;

    /// <summary>Recognises a source; what the user should know of it becomes a warning of the step.</summary>
    /// <exception cref="PermanentDubException">
    /// No engine knows the language (<c>from_lang_unsupported</c>), or the track is tagged with one that none knows, and what was heard is
    /// not likely to be in another (<c>from_lang_doubtful</c>).
    /// </exception>
    public async Task<RecognizedTrack> RecognizeAsync(DubContext context, SourceMedia media, CancellationToken ct)
    {
        RecognizedTrack? first = null;
        foreach (var tried in Tracks(media, context.Order))
        {
            var recognizer = await RecognizerAsync(context.Order.FromLang, tried.Audio, ct);
            var heard = new RecognizedTrack(tried, await RecognizeAsync(context, tried, recognizer, ct));
            if (heard.Transcript.Segments.Count > 0)
            {
                WarnOfMissing(context, heard.Transcript);
                CheckLanguage(context, heard, await recognizer.LanguagesAsync(ct));
                return heard;
            }
            first ??= heard;
            if (tried != first.Media)
                SpeechAudio.Remove(context, tried);
        }
        context.Warn(WarningCode.NoSpeech);
        return first!;
    }

    // When the user chose, there is one; of tracks in other languages than the spoken one nothing is to be had.
    private static IEnumerable<SourceMedia> Tracks(SourceMedia media, DubOrder order) => order.SourceAudio is not null
        ? [media]
        : media.Choices.Select(c => media.AudioTracks.Single(t => t.Number == c.Index).In(order.FromLang))
            .Where(t => t.Index != media.Audio.Index)
            .Where(t => t.Index != media.Audio.RightIndex)
            .Where(t => order.FromLang is null || t.Language is null || t.Language == order.FromLang)
            .Select(media.Dubbing).Prepend(media);

    // A language that nobody said is detected, by an engine that knows the one of the tag if there is any.
    private async Task<IRecognizer> RecognizerAsync(string? fromLang, AudioStream track, CancellationToken ct) =>
        (fromLang is null && track.Language is { } tagged ? await recognizers.ForAsync(tagged, ct) : null)
        ?? await recognizers.ForAsync(fromLang, ct)
        ?? throw new PermanentDubException(FailureCode.FromLangUnsupported);

    private async Task<Transcript> RecognizeAsync(DubContext context, SourceMedia media, IRecognizer recognizer, CancellationToken ct)
    {
        await using var begun = recognizer.Begin(context.Scratch, ct);
        var audio = await speech.OpenAsync(context, media, context.Progress.Part(0, 0.1), ct);
        var spoken = await SpeechOfAsync(context, audio, ct);
        var others = (await recognizers.AllForAsync(context.Order.FromLang, ct)).Where(other => other.Name != recognizer.Name);
        var (ledger, transcript) = await Implausible.FirstAsync([recognizer, .. others], async engine =>
        {
            var ledger = context.Ledger(engine.Name);
            var request = new RecognitionRequest(audio, context.Order.FromLang, context.Scratch)
            {
                Begun = engine.Name == recognizer.Name ? begun : null,
                Ledger = ledger,
                Speech = spoken,
            };
            return (ledger, await engine.RecognizeAsync(request, context.Progress.Part(0.15, 1), ct));
        }, (left, next) => context.WarnReplaced(left.Name, next.Name));
        ledger.CountUncounted(0, media.DurationSeconds);
        return Within(transcript, spoken);
    }

    private async Task<IReadOnlyList<AudioSpan>?> SpeechOfAsync(DubContext context, string audio, CancellationToken ct)
    {
        try
        {
            return await finder.FindAsync(audio, context.Progress.Part(0.1, 0.15), ct);
        }
        catch (TransientDubException e)
        {
            context.Warn(WarningCode.SpeechFinderSkipped, e.Message);
            return null;
        }
    }

    // Engines that take the whole recording hear words also in music.
    private static Transcript Within(Transcript transcript, IReadOnlyList<AudioSpan>? spoken)
    {
        if (spoken is null)
            return transcript;
        var segments = transcript.Segments.Where(heard => spoken.Any(s => s.Start < heard.End + Beside && s.End > heard.Start - Beside));
        return transcript with { Segments = [.. segments.Select((segment, index) => segment with { Index = index })], Speech = spoken };
    }

    private static void WarnOfMissing(DubContext context, Transcript transcript)
    {
        if (SpeechReport.Of(transcript) is not { } report || !report.IsMuchMissing())
            return;
        var (missing, all) = (Math.Round(report.UnrecognizedSeconds), Math.Round(report.Seconds));
        context.Warn(WarningCode.SpeechUnrecognized, $"No words were recognised in {missing} of {all} seconds of speech.");
    }

    private static void CheckLanguage(DubContext context, RecognizedTrack heard, IReadOnlySet<string> known)
    {
        var (spoken, tagged) = (heard.Transcript.Language, heard.Media.Audio.Language);
        // An engine that knows both was not misled by the tag.
        var contradicts = tagged is not null && tagged != spoken && (context.Order.FromLang is not null || !known.Contains(tagged));
        if (contradicts && heard.Transcript.IsDoubtful && context.Order.FromLang is null)
        {
            throw new PermanentDubException(
                FailureCode.FromLangDoubtful,
                $"The sound is tagged as {Name(tagged!)}, which no engine here recognises, and what was heard in it is hardly "
                    + $"{Name(spoken)}. Give from_lang to dub it all the same{Others(heard.Media)}.");
        }
        if (contradicts)
            context.Warn(
                WarningCode.FromLangDoubtful,
                $"The sound was recognised as {Name(spoken)}, but its track is tagged as {Name(tagged!)}{Others(heard.Media)}.");
        else if (heard.Transcript.IsDoubtful)
            context.Warn(
                WarningCode.FromLangDoubtful,
                $"The words that were recognised are not likely to be {Name(spoken)}: another language may be spoken, or the speech "
                    + "is hard to hear.");
    }

    private static string Others(SourceMedia media) =>
        media.AudioTracks.Where(t => t.Index != media.Audio.Index && t.Index != media.Audio.RightIndex).ToList() is { Count: > 0 } others
        ? $"; source_audio can choose another track: {string.Join(", ", others.Select(t => t.Name))}"
        : "";

    private static string Name(string language) => LanguageCode.EnglishName(language);
}
