using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiDub.Jobs.Engines.Native;

/// <summary>A line to the process of an engine: <c>{"id":1,"ask":{…}}</c>, or <c>{"cancel":1}</c>. Sound goes by file.</summary>
/// <param name="Id">The number of the call, from 1.</param>
/// <param name="Ask">What is asked, as its engine wants it.</param>
/// <param name="Cancel">The number of a call whose answer nobody waits for any more.</param>
internal sealed record EngineAsk(long? Id, JsonElement? Ask, long? Cancel = null);

/// <summary>
/// A line that the process writes: <c>{"ready":true}</c> or <c>{"refused":"…"}</c> first, then for a call any number of
/// <c>{"id":1,"share":0.5}</c> and one <c>{"id":1,"result":{…}}</c> or <c>{"id":1,"fault":"…"}</c>.
/// </summary>
/// <param name="Id">The number of the call.</param>
/// <param name="Share">The share of it that is done, 0–1.</param>
/// <param name="Result">Its answer.</param>
/// <param name="Fault">Why there is no answer; the process lives on.</param>
/// <param name="Ready">Whether the model is loaded.</param>
/// <param name="Refused">Why the model is not loaded; the process ends.</param>
internal sealed record EngineAnswer(
    long? Id = null, double? Share = null, JsonElement? Result = null, string? Fault = null, bool? Ready = null, string? Refused = null);

/// <summary>How the lines are written.</summary>
internal static class EngineJson
{
    /// <summary>snake_case, and nothing for what is not said.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A line as what it says; null when it is none of ours: libraries print what they like.</summary>
    public static T? Read<T>(string line)
        where T : class
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
