using System.Text.Json.Nodes;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Media.Clock;

/// <summary>What is said of a source that was laid anew: the streams are those of the copy, the container is the source's own.</summary>
internal static class RelaidReport
{
    // No copy has so many streams; it keeps what it lacks apart from what it has.
    private const int Lacking = 1_000_000;

    /// <summary>Joins the reports of ffprobe; pure.</summary>
    /// <param name="source">Of the source as it came.</param>
    /// <param name="copy">Of the copy.</param>
    /// <param name="copied">The streams that the copy has, in its order.</param>
    public static string Of(string source, string copy, IReadOnlyList<ProbedStream> copied)
    {
        var (before, after) = (JsonNode.Parse(source)!.AsObject(), JsonNode.Parse(copy)!.AsObject());
        var start = after["format"]!["start_time"]?.DeepClone();
        after["format"] = before["format"]!.DeepClone();
        after["format"]!["start_time"] = start;
        var kept = copied.Select(s => s.Index).ToHashSet();
        foreach (var stream in before["streams"]!.AsArray().Where(s => !kept.Contains(s!["index"]!.GetValue<int>())))
        {
            // Its codec goes, so that nothing takes it for a stream that can be carried.
            var lacking = stream!.DeepClone().AsObject();
            lacking["index"] = lacking["index"]!.GetValue<int>() + Lacking;
            if (lacking["codec_type"]?.GetValue<string>() != "data")
                lacking.Remove("codec_name");
            after["streams"]!.AsArray().Add(lacking);
        }
        after["programs"] = Programs(before, copied);
        return after.ToJsonString();
    }

    /// <summary>
    /// The same where the copy was made of sound alone, which says nothing of itself: what the source's streams say stays; pure.
    /// </summary>
    /// <param name="source">Of the source as it came.</param>
    /// <param name="copy">Of the copy.</param>
    /// <param name="copied">The streams that the copy has, in its order.</param>
    public static string OfUntagged(string source, string copy, IReadOnlyList<ProbedStream> copied)
    {
        var report = JsonNode.Parse(Of(source, copy, copied))!;
        var before = JsonNode.Parse(source)!["streams"]!.AsArray();
        foreach (var (place, stream) in copied.Index())
        {
            if (before.First(s => s!["index"]!.GetValue<int>() == stream.Index)!["tags"] is { } tags)
                report["streams"]![place]!["tags"] = tags.DeepClone();
        }
        return report.ToJsonString();
    }

    // The copy has its streams in one programme, whatever they belonged to.
    private static JsonArray Programs(JsonObject before, IReadOnlyList<ProbedStream> copied)
    {
        var places = copied.Index().ToDictionary(s => s.Item.Index, s => s.Index);
        return new JsonArray([
            .. (before["programs"]?.AsArray() ?? []).Select(program => new JsonObject
            {
                ["streams"] = new JsonArray([
                    .. (program!["streams"]?.AsArray() ?? [])
                        .Select(s => s!["index"]!.GetValue<int>())
                        .Where(places.ContainsKey)
                        .Select(index => new JsonObject { ["index"] = places[index] }),
                ]),
            }),
        ]);
    }
}
