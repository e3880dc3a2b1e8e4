using System.Globalization;
using System.Text;
using AiDub.Domain.Languages;
using AiDub.Domain.Speech;

namespace AiDub.Domain.Audio;

/// <summary>Whether a sound can be the speech that an engine was asked for.</summary>
public static class AnsweredAudio
{
    private const int LeastRate = 4000;
    private const int MostRate = 192_000;

    // The slowest voice takes a second for a digit, and some begin and end with silence.
    private const double MostSeconds = 15;
    private const double MostSecondsEach = 1.5;

    // What is below is silence, however it was dithered (of 32768).
    private const int Silence = 32;

    // Samples that have nothing to do with one another: loud, and crossing zero at every third or more. Speech does neither for long.
    private const double NoiseLevel = 0.35;
    private const double NoiseCrossings = 0.35;

    // Letters that only change the sound of one beside them, and Hangul's that fill a place.
    private const string Soundless = "ъьЪЬっッ\u115F\u1160\u3164\uFFA0";
    private const int LeastLetters = 3;

    /// <summary>
    /// What is wrong with the speech of a text in a language (ISO 639-1) at a rate (1: the voice's own); null when nothing is.
    /// </summary>
    public static string? FaultOf(ReadOnlySpan<short> samples, int sampleRate, string text, string language, double rate)
    {
        if (sampleRate is < LeastRate or > MostRate)
            return $"a sound of {sampleRate} samples a second";
        if ((double)samples.Length / sampleRate is var seconds
            && seconds > (MostSeconds + MostSecondsEach * text.Length) / Math.Min(rate, 1))
            return $"{seconds:0} seconds for {text.Length} characters";
        var (peak, crossings, squares) = (0, 0, 0.0);
        for (var i = 0; i < samples.Length; i++)
        {
            peak = Math.Max(peak, Math.Abs((int)samples[i]));
            squares += (double)samples[i] * samples[i];
            crossings += i > 0 && samples[i] < 0 != samples[i - 1] < 0 ? 1 : 0;
        }
        if (peak < Silence && WritingSystem.Of(language) is var writing
            && HasSound(text, writing) && AnsweredText.IsWrittenIn(writing, [text]))
            return "no sound";
        return samples.Length > 0
            && Math.Sqrt(squares / samples.Length) / short.MaxValue > NoiseLevel
            && crossings > NoiseCrossings * samples.Length
            ? "noise"
            : null;
    }

    // What the voice's language does not write, a voice may pass over, and so it may modifiers: the stroke that makes an Arabic word
    // longer, a Hawaiian okina, a Japanese sign that repeats or lengthens another.
    private static bool HasSound(string text, WritingSystem writing) => text.EnumerateRunes().Count(letter =>
        Rune.IsLetter(letter)
        && Rune.GetUnicodeCategory(letter) is not UnicodeCategory.ModifierLetter
        && !Soundless.EnumerateRunes().Contains(letter)
        && writing.Writes(letter)) >= LeastLetters;
}
