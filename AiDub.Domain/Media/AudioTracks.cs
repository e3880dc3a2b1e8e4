using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;

namespace AiDub.Domain.Media;

/// <summary>Chooses the audio track that is dubbed; pure.</summary>
/// <remarks>
/// Sound of another programme than the picture's is no choice unless it is asked for. A track with speech goes before one without; of
/// those that are alike in it, what the film says before comments, descriptions and dubs; then the track of the spoken language before one
/// that does not say its language before one of another; then <c>original</c>, <c>default</c>, the first.
/// </remarks>
public static class AudioTracks
{
    /// <summary>The highest number that a request may ask for.</summary>
    public const int MaxNumber = 999;

    /// <summary>Whether a text is what a request may ask for: a track's number among the audio tracks, from 0, or a language.</summary>
    public static bool CanAsk(string text) =>
        Number(text) is not null || LanguageTag.TryParse(text, out _);

    /// <summary>The tracks that may be dubbed, the one to dub first.</summary>
    /// <param name="tracks">All tracks, in order of number; at least one.</param>
    /// <param name="heard">What is heard in each.</param>
    /// <param name="fromLang">The spoken language as ISO 639-1; null when it was not said.</param>
    /// <param name="asked">The track that the request asks for (see <see cref="CanAsk"/>); null when it does not.</param>
    /// <exception cref="PermanentDubException">There is no such track as was asked for (<c>source_audio_not_found</c>).</exception>
    public static IReadOnlyList<(AudioStream Track, string Reason)> InOrder(
        IReadOnlyList<AudioStream> tracks, IReadOnlyList<HeardSound> heard, string? fromLang, string? asked)
    {
        var wanted = asked is null ? Own(tracks) : Asked(tracks, asked);
        var sounds = tracks.Zip(heard).ToDictionary(t => t.First, t => t.Second);
        var order = Rank(wanted, sounds, fromLang).ToList();
        if (asked is not null)
            return [.. order.Select(track => (track, "asked"))];
        var deaf = Rank(wanted, wanted.ToDictionary(t => t, _ => HeardSound.Speech), fromLang).First();
        return [.. order.Select(track => (track, track == order[0] && track == deaf ? Reason(track, wanted, fromLang) : "speech"))];
    }

    private static IEnumerable<AudioStream> Rank(
        IEnumerable<AudioStream> tracks, Dictionary<AudioStream, HeardSound> heard, string? fromLang) => tracks
        .OrderBy(t => heard[t])
        .ThenBy(t => t.IsAside)
        .ThenBy(t => fromLang is null || t.Language == fromLang ? 0 : t.Language is null ? 1 : 2)
        .ThenBy(t => !t.Roles.Contains("original"))
        .ThenBy(t => !t.Roles.Contains("default"))
        .ThenBy(t => t.Number);

    private static string Reason(AudioStream track, IReadOnlyList<AudioStream> tracks, string? fromLang) =>
        fromLang is not null && track.Language == fromLang ? "from_lang"
        : track.Roles.Contains("original") ? "original"
        : track.Roles.Contains("default") ? "default"
        : track == tracks[0] ? "first"
        : fromLang is not null && tracks.Any(t => !t.IsAside && t.Language is not null && t.Language != fromLang) ? "from_lang"
        : "first";

    private static IReadOnlyList<AudioStream> Own(IReadOnlyList<AudioStream> tracks) =>
        tracks.Where(t => !t.IsElsewhere).ToList() is { Count: > 0 } own ? own : tracks;

    private static IReadOnlyList<AudioStream> Asked(IReadOnlyList<AudioStream> tracks, string asked)
    {
        var found = Number(asked) is { } number ? tracks.Where(t => t.Number == number)
            : LanguageCode.TryParse(asked, out var language) ? tracks.Where(t => t.Language == language)
            : [];
        return found.ToList() is { Count: > 0 } some ? some : throw new PermanentDubException(
            FailureCode.SourceAudioNotFound,
            $"The source has no audio track {asked}; it has {string.Join(", ", tracks.Select(t => t.Name))}.");
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxNumber ? number : null;
}
