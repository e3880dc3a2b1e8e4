using AiDub.Domain.Languages;

namespace AiDub.Domain.Media;

/// <summary>A sound stream.</summary>
/// <param name="Index">Its index in the source.</param>
/// <param name="Codec">As ffprobe names it.</param>
/// <param name="Channels">How many channels, 1 or more.</param>
public sealed record AudioStream(int Index, string Codec, int Channels)
{
    // Roles of sound that is not what the film says: a second layer over it, or a version of it for a purpose.
    private static readonly HashSet<string> AsideRoles =
        ["comment", "visual_impaired", "descriptions", "hearing_impaired", "dub", "karaoke", "lyrics", "clean_effects"];

    /// <summary>Its number among the source's audio tracks, from 0.</summary>
    public int Number { get; init; }

    /// <summary>Where its channels stand, as ffprobe names it (<c>5.1(side)</c>); null when the source does not say.</summary>
    public string? Layout { get; init; }

    /// <summary>
    /// Whether it is ambisonic: stored are no places but directions all around, which are made a stereo of two as soon as it is decoded.
    /// </summary>
    public bool IsAmbisonic { get; init; }

    /// <summary>Of ambisonic sound, the first of two channels more that stay with the head; null where there are none.</summary>
    public int? StereoAt { get; init; }

    /// <summary>The language that it is tagged with, as the source spells it (<c>jpn</c>); null without one.</summary>
    public string? LanguageTag { get; init; }

    /// <summary>Its title; null without one.</summary>
    public string? Title { get; init; }

    /// <summary>What it is flagged as, as ffprobe names it: <c>default</c>, <c>original</c>, <c>comment</c> …</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether it is of another programme of a broadcast than the picture: it is dubbed only when it is asked for.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Whether the result's container can carry it as it is.</summary>
    public bool CanBeCarried { get; init; }

    /// <summary>
    /// The index in the source of the track that is its right channel, where two mono tracks are a stereo of which this one is the left;
    /// null for every other.
    /// </summary>
    public int? RightIndex { get; init; }

    /// <summary>
    /// The language of its second channel, where a broadcast names one for each of two; <see cref="LanguageTag"/> is that of the first one
    /// then. Null for every other.
    /// </summary>
    public string? SecondLanguageTag { get; init; }

    /// <summary>The one of its channels that counts, from 0, where two hold different languages; null: all do.</summary>
    public int? Channel { get; init; }

    /// <summary>The language that it is tagged with as ISO 639-1; null without a tag, or when the tag names none.</summary>
    public string? Language => LanguageCode.TryParse(LanguageTag, out var code) ? code : null;

    /// <summary>
    /// Whether it is a comment, a description, a version for the hard of hearing, a dub or the like, by its flags or its title.
    /// </summary>
    public bool IsAside => Roles.Any(AsideRoles.Contains) || AsideTitles.Match(Title);

    /// <summary>
    /// The channel in a language (ISO 639-1) of a track whose two channels are in different ones; any other track, and one without that
    /// language, as it is.
    /// </summary>
    public AudioStream In(string? language)
    {
        if (SecondLanguageTag is not { } second || !LanguageCode.TryParse(second, out var other) || Language is null || other == Language)
            return this;
        return language == Language ? Only(0, LanguageTag!) : language == other ? Only(1, second) : this;
    }

    private AudioStream Only(int channel, string language) =>
        this with { Channels = 1, Layout = "mono", Channel = channel, LanguageTag = language, SecondLanguageTag = null };

    /// <summary>The stereo of which it is the left channel, and another mono track the right one.</summary>
    public AudioStream With(AudioStream right) => this with { Channels = 2, Layout = "stereo", RightIndex = right.Index };

    /// <summary>
    /// The other half of a stereo that is stored as two mono tracks, as broadcasters do: of those counted by twos the one that is like it
    /// in all that is said of both; null without one. Whether it is a stereo, only their sound tells.
    /// </summary>
    public AudioStream? OtherHalf(IEnumerable<AudioStream> tracks) => tracks.FirstOrDefault(other =>
        other.Number == (Number ^ 1)
            && (Channels, other.Channels, Channel) == (1, 1, null)
            && (Codec, LanguageTag, Title, IsAside, IsElsewhere)
                == (other.Codec, other.LanguageTag, other.Title, other.IsAside, other.IsElsewhere));

    /// <summary>How a person tells it from the others: <c>1 (jpn, "Mic")</c>.</summary>
    public string Name
    {
        get
        {
            var told = new[] { LanguageTag, Title is null ? null : $"\"{Title}\"" }.Where(t => t is not null).ToList();
            return FormattableString.Invariant($"{Number}") + (told.Count == 0 ? "" : $" ({string.Join(", ", told)})");
        }
    }

    /// <inheritdoc />
    public bool Equals(AudioStream? other) =>
        other is not null
        && (Index, Codec, Channels, Number, Layout, LanguageTag, Title, IsElsewhere, CanBeCarried, RightIndex, Channel, SecondLanguageTag,
            IsAmbisonic, StereoAt)
        == (other.Index, other.Codec, other.Channels, other.Number, other.Layout, other.LanguageTag, other.Title, other.IsElsewhere,
            other.CanBeCarried, other.RightIndex, other.Channel, other.SecondLanguageTag, other.IsAmbisonic, other.StereoAt)
        && Roles.SequenceEqual(other.Roles);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Index, Codec, Channels, Number, LanguageTag, Title);
}

/// <summary>Titles that say what flags should: most containers have no flags for it, or people do not set them.</summary>
internal static class AsideTitles
{
    // Comments and descriptions for the blind as studios call them in the languages that films are sold in, most of them by their stem.
    private static readonly string[] Known =
    [
        "commentary", "comments", "commentaire", "kommentar", "comentario", "comentário", "commento", "commentaar", "komentarz",
        "komentář", "комментари", "коментар", "コメンタリー", "评论音轨", "評論音軌", "코멘터리",
        "audio description", "audio-description", "audiodesc", "audiodesk", "descriptive", "described video", "hörfilm", "syntolkning",
        "kuvailutulkkaus", "тифло", "音声解説", "口述影像", "화면해설",
        "isolated score", "karaoke", "music only", "instrumental",
    ];

    // "Original without commentary" is none.
    private static readonly string[] Without =
        ["without", "no", "ohne", "sans", "sin", "sem", "senza", "zonder", "utan", "uden", "bez", "без"];

    /// <summary>Whether a title names a comment, a description or the like, and not that there is none.</summary>
    public static bool Match(string? title) => title is not null && Known.Any(word => Names(title, word));

    private static bool Names(string title, string word)
    {
        for (var at = -1; (at = title.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var before = title[..at].Split([' ', '(', '[', '-', ','], StringSplitOptions.RemoveEmptyEntries);
            if (before.Length == 0 || !Without.Contains(before[^1], StringComparer.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
