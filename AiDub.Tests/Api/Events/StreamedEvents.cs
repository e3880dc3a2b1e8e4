using System.Text.Json;

namespace AiDub.Tests.Api.Events;

/// <summary>A client that reads a stream of events as it arrives.</summary>
internal sealed class StreamedEvents : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private StreamedEvents(HttpResponseMessage answer, Stream body) => (_answer, _reader) = (answer, new StreamReader(body));

    public HttpResponseMessage Answer => _answer;

    public static async Task<StreamedEvents> OpenAsync(HttpClient client, Guid dub, long? lastId = null, long user = 51)
    {
        var answer = await AskAsync(client, dub, lastId, user);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return new StreamedEvents(answer, await answer.Content.ReadAsStreamAsync());
    }

    public static Task<HttpResponseMessage> AskAsync(HttpClient client, object dub, long? lastId = null, object? user = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/ai_dub/{dub}/events?user_id={user ?? 51}");
        request.Headers.Add("Accept", "text/event-stream");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", $"{lastId}");
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The next event, or null at the end of the stream.</summary>
    public async Task<StreamedEvent?> NextAsync()
    {
        var fields = new Dictionary<string, string>();
        while (await LineAsync() is { } line)
        {
            if (line.Length == 0 && fields.ContainsKey("data"))
                return new StreamedEvent(long.Parse(fields["id"]), fields["event"], JsonElement.Parse(fields["data"]));
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                fields[line[..colon]] = line[(colon + 2)..];
        }
        return null;
    }

    /// <summary>The next line, comments included.</summary>
    public Task<string?> LineAsync() => _reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _reader.Dispose();
        _answer.Dispose();
    }
}

internal sealed record StreamedEvent(long Id, string Name, JsonElement Data);
