using System.ClientModel;
using System.ClientModel.Primitives;
using AiDub.Jobs.Engines.Remote;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;

namespace AiDub.Jobs.Engines.OpenAi;

/// <summary>The official client, one for each call: sending, repeating and timing out are left to the engine's own handlers.</summary>
internal static class OpenAiClients
{
    // The client insists on a key; servers that ask for none do not look at it.
    private const string NoKey = "none";

    public static ChatClient Chat(EngineClient client, OpenAiOptions options, EngineCall call) =>
        new(options.Model, Key(options), Options(client, options, call));

    public static AudioClient Audio(EngineClient client, OpenAiOptions options, EngineCall call) =>
        new(options.Model, Key(options), Options(client, options, call));

    private static ApiKeyCredential Key(OpenAiOptions options) => new(options.ApiKey ?? NoKey);

    private static OpenAIClientOptions Options(EngineClient client, OpenAiOptions options, EngineCall call) => new()
    {
        Endpoint = new Uri(options.Base),
        Transport = new CallTransport(client.Http, call),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
    };

    private sealed class CallTransport(HttpClient http, EngineCall call) : HttpClientPipelineTransport(http)
    {
        protected override void OnSendingRequest(PipelineMessage message, HttpRequestMessage httpRequest) =>
            httpRequest.Options.Set(EngineCall.Key, call);
    }
}
