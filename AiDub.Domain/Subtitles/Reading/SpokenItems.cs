using System.Text.Json;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Makes subtitles of the words of AWS Transcribe, where it did not put them together itself.</summary>
internal static class SpokenItems
{
    // A sentence ends a subtitle, and so do a pause and another speaker; one of so many characters ends at the next word.
    private const double Pause = 1;
    private const int Longest = 200;

    /// <summary>The subtitles of items: words, each with its times, and the marks after them.</summary>
    public static List<RawCue> Read(JsonElement items)
    {
        var cues = new List<RawCue>();
        var (said, start, end, speaker) = ("", 0.0, 0.0, (string?)null);
        foreach (var item in items.EnumerateArray())
        {
            if (Content(item) is not { Length: > 0 } word)
                continue;
            if (TimedJsonReader.Number(item, "start_time") is not { } from)
            {
                said += said.Length > 0 ? word : "";
                if (word is "." or "?" or "!" or "。" or "？" or "！")
                    Close();
                continue;
            }
            var by = TimedJsonReader.Text(item, "speaker_label");
            if (said.Length > Longest || (said.Length > 0 && (from - end > Pause || by != speaker)))
                Close();
            if (said.Length == 0)
                (start, speaker) = (from, by);
            said += said.Length > 0 ? " " + word : word;
            end = TimedJsonReader.Number(item, "end_time") ?? from;
        }
        Close();
        return cues;

        void Close()
        {
            if (CueMarkup.ToLines(said) is { Count: > 0 } lines)
                cues.Add(new RawCue(cues.Count + 1, start, end, TimedJsonReader.Spoken(lines, speaker)));
            said = "";
        }
    }

    private static string? Content(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("alternatives", out var choices)
        && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
            ? TimedJsonReader.Text(choices[0], "content")
            : null;
}
