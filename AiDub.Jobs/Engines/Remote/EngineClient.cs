using System.Net.Http.Headers;
using System.Text.Json;

namespace AiDub.Jobs.Engines.Remote;

/// <summary>Sends one engine's requests.</summary>
internal sealed class EngineClient(IHttpClientFactory clients, string engine)
{
    /// <summary>The client with all of the engine's handlers.</summary>
    public HttpClient Http => clients.CreateClient(engine);

    /// <summary>Sends a request and returns the answer's body, which passed the call's check.</summary>
    /// <exception cref="Domain.Errors.DubException">There was none, repetitions included.</exception>
    public async Task<byte[]> SendAsync(HttpRequestMessage request, EngineCall call, CancellationToken ct)
    {
        using (request)
        {
            request.Options.Set(EngineCall.Key, call);
            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
            return await response.Content.ReadAsByteArrayAsync(ct);
        }
    }

    /// <summary>A request with the key as bearer token, where there is a key.</summary>
    public static HttpRequestMessage Bearer(HttpMethod method, Uri address, string? key) => new(method, address)
    {
        Headers = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>A check that the body is JSON which can be read as wanted.</summary>
    public static Action<byte[]> Readable<T>(Func<JsonElement, T> read) => body => Read(body, read);

    /// <summary>Reads a JSON body.</summary>
    /// <exception cref="MalformedAnswerException">It is not what it should be.</exception>
    public static T Read<T>(byte[] body, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return read(json.RootElement);
        }
        // A reader goes straight for what it wants: a list that is shorter, or a number beyond all bounds, is such an answer too.
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new MalformedAnswerException("The answer is not the JSON that was asked for.", e);
        }
    }
}
