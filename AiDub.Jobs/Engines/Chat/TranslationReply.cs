using System.Text.Json;

namespace AiDub.Jobs.Engines.Chat;

/// <summary>Reads a model's answer; pure.</summary>
internal static class TranslationReply
{
    private const string EndOfThought = "</think>";

    /// <summary>The translations in the order of the batch.</summary>
    /// <param name="content">What the model said: the JSON, perhaps in a code fence or after its thoughts.</param>
    /// <param name="batch">What it was asked.</param>
    /// <param name="fault">What is wrong with the answer, worded for the model; null when nothing is.</param>
    /// <returns>Null when the answer is wrong.</returns>
    public static string[]? Read(string content, TranslationBatch batch, out string? fault)
    {
        fault = null;
        var thought = content.LastIndexOf(EndOfThought, StringComparison.Ordinal);
        var said = thought < 0 ? content : content[(thought + EndOfThought.Length)..];
        var (from, to) = (said.IndexOf('{'), said.LastIndexOf('}'));
        if (from < 0 || to < from)
        {
            fault = "it was not a JSON object";
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(said[from..(to + 1)], new JsonDocumentOptions { AllowTrailingCommas = true });
            var items = json.RootElement.GetProperty("segments").EnumerateArray()
                .Select(item => (Index: Number(item.GetProperty("index")), Text: item.GetProperty("text").GetString()?.Trim() ?? ""))
                    .ToArray();
            fault = Fault(items, batch);
            return fault is null ? [.. items.Select(i => i.Text)] : null;
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            fault = "it was not JSON of the form that was asked for";
            return null;
        }
    }

    // Models that are not held to a schema write numbers as text now and then.
    private static int Number(JsonElement index) =>
        index.ValueKind == JsonValueKind.String
            ? int.Parse(index.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : index.GetInt32();

    private static string? Fault((int Index, string Text)[] items, TranslationBatch batch)
    {
        if (items.Length != batch.Segments.Count)
            return $"it had {items.Length} segments instead of {batch.Segments.Count}";
        if (!items.Select(i => i.Index).SequenceEqual(batch.Segments.Select(s => s.Index)))
            return "its indexes were not those given, in the same order";
        var empty = items.Where(i => i.Text.Length == 0).Select(i => (int?)i.Index).FirstOrDefault();
        return empty is { } index ? $"segment {index} was empty" : null;
    }
}
