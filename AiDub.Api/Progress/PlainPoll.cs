using System.Buffers;
using System.Text.Json;
using AiDub.Api.Wire;

namespace AiDub.Api.Progress;

/// <summary>A poll as front ends send it: an object of JSON with a user and an id, each once, and nothing else.</summary>
/// <param name="UserId">Who asks, as he says.</param>
/// <param name="RequestId">The dub.</param>
internal readonly record struct PlainPoll(long UserId, Guid RequestId)
{
    // In bytes; with the names, the longest id and a user of 19 digits it is some 100.
    private const int Longest = 512;

    /// <summary>Reads one from a body, which stays there to be read; null where it is of any other form, right or wrong.</summary>
    /// <remarks>The server ends the wait itself when the client breaks off or is too slow.</remarks>
    public static async ValueTask<PlainPoll?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is not (> 0 and <= Longest and var length) || !IsJson(request.Headers))
            return null;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(CancellationToken.None);
            var poll = read.Buffer.Length >= length ? Parse(read.Buffer) : null;
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.Buffer.Length >= length || read.IsCompleted)
                return poll;
        }
    }

    // Other types, encodings and wishes are looked at where they are judged.
    private static bool IsJson(IHeaderDictionary headers) =>
        headers.ContentType is ["application/json" or "application/json; charset=utf-8"]
        && headers.ContentEncoding is []
        && headers.Accept is [] or ["*/*" or "application/json" or "application/json, text/plain, */*"];

    private static PlainPoll? Parse(ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        (long? user, Guid? id) = (null, null);
        try
        {
            json.Read();
            if (json.TokenType is not JsonTokenType.StartObject)
                return null;
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                // A value that is not plain ends it: what is sent twice must not be read once.
                if (user is null && json.ValueTextEquals("user_id"u8) && UserOf(ref json) is { } sentUser)
                    user = sentUser;
                else if (id is null && json.TokenType is JsonTokenType.PropertyName && json.ValueTextEquals("request_id"u8)
                    && IdOf(ref json) is { } sentId)
                    id = sentId;
                else
                    return null;
            }
            // Reading on fails when anything follows the object.
            return json.Read() || user is not { } userId || id is not { } requestId ? null : new PlainPoll(userId, requestId);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter of texts that are no Unicode.
            return null;
        }
    }

    private static long? UserOf(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.Number when json.TryGetInt64(out var user) => user,
            JsonTokenType.String => SentUserId.Parse(json.GetString()!).Value,
            _ => null,
        };
    }

    private static Guid? IdOf(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType is JsonTokenType.String && json.TryGetGuid(out var id) ? id : null;
    }
}
