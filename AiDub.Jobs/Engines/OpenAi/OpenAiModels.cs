using System.Text.Json;
using AiDub.Jobs.Engines.Remote;

namespace AiDub.Jobs.Engines.OpenAi;

/// <summary>Asks a server which models it has: that it answers, and takes the key, is what a check is about.</summary>
internal static class OpenAiModels
{
    public static async Task<EngineCheck> CheckAsync(EngineClient client, string engine, OpenAiOptions options, CancellationToken ct)
    {
        if (!options.IsConfigured)
            return EngineCheck.NotConfigured(engine, $"set {EnginesOptions.Section}:{engine}:BaseUrl, or ApiKey for OpenAI itself");
        var call = EngineCall.Uncounted with { Check = EngineClient.Readable(Read) };
        var body = await client.SendAsync(EngineClient.Bearer(HttpMethod.Get, options.Address("models"), options.ApiKey), call, ct);
        var models = EngineClient.Read(body, Read);
        var has = models.Contains(options.Model);
        return new EngineCheck(
            engine, true, null, models, has ? $"model {options.Model}" : $"model {options.Model} is not among those listed");
    }

    private static string[] Read(JsonElement root) =>
        [.. root.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString() ?? "")];
}
