using System.Text;
using AiDub.Domain.Speakers;

namespace AiDub.Jobs.Engines.Festival;

/// <summary>A voice of Festival, as Debian packages it.</summary>
/// <param name="Name">By Festival's name, a word of Scheme.</param>
/// <param name="Language">As ISO 639-1.</param>
/// <param name="PitchHz">Its median pitch as <see cref="SegmentVoice"/> measures it.</param>
/// <param name="Gender">How it sounds.</param>
internal sealed record FestivalVoice(string Name, string Language, double PitchHz, Gender Gender)
{
    /// <summary>The letters that it knows beside those of ASCII, in lower case.</summary>
    public required string Letters { get; init; }

    /// <summary>The encoding of the texts that it reads; <see cref="Letters"/> can be written in it.</summary>
    public required Encoding Encoding { get; init; }

    /// <summary>Whether it reads marks within words and numbers (<c>l'home</c>, <c>3,5</c>): others break off at them.</summary>
    public bool ReadsMarksWithin { get; init; }

    /// <summary>Whether it speaks at a rate: a model of speech does, recordings joined together do not.</summary>
    public bool SpeaksAtRate { get; init; }

    /// <summary>Those that are known here: each was asked for texts of its language by the tests.</summary>
    public static IReadOnlyList<FestivalVoice> Known { get; } =
    [
        new("upc_ca_ona_hts", "ca", 178, Gender.Female)
        {
            Letters = "àèéíïòóúüç·",
            // Its own is ISO 8859-15, which writes these letters alike.
            Encoding = Encoding.Latin1,
            ReadsMarksWithin = true,
            SpeaksAtRate = true,
        },
        new("msu_ru_nsh_clunits", "ru", 139, Gender.Male)
        {
            Letters = "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        },
    ];
}
