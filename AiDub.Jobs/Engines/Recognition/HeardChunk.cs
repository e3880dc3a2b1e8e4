using System.Text.Json;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.Recognition;

/// <summary>What a server heard in one stretch of sound.</summary>
/// <param name="Language">The language as the server reports it; null when it does not.</param>
/// <param name="Pieces">Words, or whole segments where the server gives no words; punctuated, in seconds from the stretch's start.</param>
/// <param name="Untimed">The text of a server that gives no times; null otherwise.</param>
internal sealed record HeardChunk(string? Language, IReadOnlyList<RecognizedWord> Pieces, string? Untimed)
{
    // Whisper's own rule for a segment that is no speech.
    private const double NoSpeech = 0.6;
    private const double Unlikely = -1;
    private const double LeastLength = 0.02;

    /// <summary>Reads an answer; servers differ in which of its parts they give.</summary>
    /// <exception cref="InvalidOperationException">It is no transcription.</exception>
    public static HeardChunk Read(JsonElement root)
    {
        var language = Text(root, "language");
        var segments = Items(root, "segments").ToArray();
        var (kept, dropped) = (segments.Where(IsSpeech).ToArray(), segments.Where(s => !IsSpeech(s)).Select(Span).ToArray());
        var words = Items(root, "words").Concat(segments.SelectMany(s => Items(s, "words")))
            .Select(w => Piece(w, Text(w, "word") ?? Text(w, "text")))
            .Where(w => !dropped.Any(d => w.Start >= d.Start && w.End <= d.End)).ToArray();
        var texts = kept.Select(s => Piece(s, Text(s, "text")))
            .Where(p => SpokenText.IsSpeakable(p.Text) && !IsSoundEffect(p.Text))
            .ToArray();
        if (words.Length > 0)
            return new HeardChunk(
                language,
                SpelledWords.Restore(words, texts.Length > 0 ? string.Join(' ', texts.Select(t => t.Text)) : Text(root, "text") ?? ""),
                null);
        if (segments.Length > 0)
            return new HeardChunk(language, texts, null);
        var text = Text(root, "text") ?? throw new InvalidOperationException("There is neither text nor segments.");
        return new HeardChunk(language, [], SpokenText.IsSpeakable(text) ? text.Trim() : null);
    }

    /// <summary>Whether a text describes a sound, as in <c>[Music]</c>, <c>(applause)</c> or <c>♪ la la ♪</c>.</summary>
    public static bool IsSoundEffect(string text) => text.Trim() is ['[', .., ']'] or ['(', .., ')'] or ['*', .., '*'] or ['♪', ..];

    private static bool IsSpeech(JsonElement segment) =>
        !(Number(segment, "no_speech_prob") > NoSpeech && Number(segment, "avg_logprob") < Unlikely);

    private static RecognizedWord Piece(JsonElement item, string? text)
    {
        var (start, end) = Span(item);
        return new RecognizedWord(text?.Trim() ?? "", start, end);
    }

    private static (double Start, double End) Span(JsonElement item)
    {
        var start = Math.Max(0, Number(item, "start") ?? throw new InvalidOperationException("A piece has no start."));
        return (start, Math.Max(start + LeastLength, Number(item, "end") ?? start));
    }

    private static IEnumerable<JsonElement> Items(JsonElement from, string name) =>
        from.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static double? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;
}
