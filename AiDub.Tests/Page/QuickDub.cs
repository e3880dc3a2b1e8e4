using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Page;

/// <summary>Real dubs of given texts, which are there sooner than recognised ones: made over the API, looked at on the page.</summary>
internal static class QuickDub
{
    /// <summary>The user that the page asks for when nobody says who asks.</summary>
    public const long User = 1;

    /// <summary>Dubs a file into Spanish, saying these lines, one a second and a half, and answers the dub's id.</summary>
    public static Task<Guid> MakeAsync(DubServer server, string file, params string[] lines) => MakeAsync(server, "es", file, lines);

    /// <summary>Dubs a file into a language.</summary>
    public static async Task<Guid> MakeAsync(DubServer server, string language, string file, string[] lines)
    {
        var id = await SubmitAsync(server, file, lines, language);
        var (status, answer) = await server.FinishAsync(id, user: User);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToString());
        return id;
    }

    /// <summary>Begins such a dub.</summary>
    public static async Task<Guid> SubmitAsync(DubServer server, string file, string[] lines, string language = "es")
    {
        var (transcript, translation) = (await UploadAsync(server, "t.srt", Srt(lines.Select((_, i) => $"This is line {i + 1}."))),
            await UploadAsync(server, "t.srt", Srt(lines)));
        var (status, answer) = await server.PostAsync("/ai_dub", new
        {
            source_video_url = await UploadAsync(server, Path.GetFileName(file), await File.ReadAllBytesAsync(file)),
            user_id = User,
            project_id = "page",
            to_lang = language,
            from_lang = "en",
            transcript,
            translation,
        });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToString());
        return answer.GetProperty("request_id").GetGuid();
    }

    /// <summary>The lines of a dub as the service has them.</summary>
    public static Task<JsonElement> SegmentsAsync(DubServer server, Guid id) =>
        server.Http.GetFromJsonAsync<JsonElement>(new Uri(server.BaseAddress, $"/ai_dub/{id}/segments?user_id={User}"));

    /// <summary>A dub as the service has it.</summary>
    public static Task<JsonElement> ReadAsync(DubServer server, Guid id) =>
        server.Http.GetFromJsonAsync<JsonElement>(new Uri(server.BaseAddress, $"/ai_dub/{id}?user_id={User}"));

    /// <summary>Changes a line, as somebody else does.</summary>
    public static async Task EditAsync(DubServer server, Guid id, int index, string translation)
    {
        var revision = (await SegmentsAsync(server, id)).GetProperty("revision").GetInt32();
        using var answer = await server.Http.PatchAsJsonAsync(
            new Uri(server.BaseAddress, $"/ai_dub/{id}/segments/{index}"), new { user_id = User, revision, translation });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static byte[] Srt(IEnumerable<string> lines) => System.Text.Encoding.UTF8.GetBytes(string.Join(
        "\n", lines.Select((line, i) => $"{i + 1}\n{Time(1.5 * i + 0.1)} --> {Time(1.5 * i + 1.4)}\n{line}\n")));

    private static string Time(double seconds) =>
        TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\,fff", CultureInfo.InvariantCulture);

    private static async Task<string> UploadAsync(DubServer server, string name, byte[] body)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(body), "file", name } };
        using var answer = await server.Http.PostAsync(new Uri(server.BaseAddress, $"/ai_dub/uploads?user_id={User}"), form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("source_video_url").GetString()!;
    }
}
