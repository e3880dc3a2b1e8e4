using System.Text.Json;
using System.Text.Json.Nodes;
using AiDub.Api.Errors;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Callbacks;

/// <summary>Makes what is posted to receivers: what the last poll would be answered, with the event's name and whose dub it is.</summary>
internal sealed class CallbackBodies(FinalAnswers answers)
{
    /// <summary>The field that holds the event's name.</summary>
    public const string EventField = "event";

    /// <summary>The event of a complete dub.</summary>
    public const string Complete = "dub.complete";

    /// <summary>The event of a failed dub.</summary>
    public const string Failed = "dub.failed";

    /// <summary>The body for a dub that has ended, as UTF-8 JSON.</summary>
    public async Task<byte[]> OfAsync(DubView ended, CancellationToken ct)
    {
        var order = ended.Order;
        var body = ended.State == DubState.Failed
            ? Merge(Failed, Whose(order), Node(DubErrors.Failed(ended.Progress!)))
            : Merge(Complete, [], Node(await answers.OfAsync(order, ended.Response!, new Uri(order.Callback!.PublicBase), ct)));
        return JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options);
    }

    private static JsonObject Whose(DubOrder order) => new()
    {
        ["request_id"] = order.RequestId,
        ["user_id"] = order.UserId,
        ["project_id"] = order.ProjectId,
        ["to_lang"] = order.ToLang,
    };

    private static JsonObject Merge(string name, params JsonObject[] parts)
    {
        var body = new JsonObject { [EventField] = name };
        foreach (var (field, value) in parts.SelectMany(part => part))
            body[field] = value?.DeepClone();
        return body;
    }

    private static JsonObject Node<T>(T value) => (JsonObject)JsonSerializer.SerializeToNode(value, WireJson.Options)!;
}
