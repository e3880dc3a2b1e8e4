using System.Text;
using System.Text.Json;
using AiDub.Api.Submitting;
using AiDub.Api.Wire;

namespace AiDub.Tests.Api.Wire;

public sealed class ReadingTests
{
    [TestCase("\"https://a.example/v.mp4\"", "51", "ryan")]
    [TestCase("{\"a\":[1,2,{\"b\":null}]}", "[[51],{\"c\":\"d\"}]", null)]
    public async Task A_request_that_arrives_in_pieces_is_read_like_any_other(string url, string userId, string? projectId)
    {
        var project = JsonSerializer.Serialize(projectId);
        var json = $$"""{"source_video_url":{{url}},"user_id":{{userId}},"project_id":{{project}},"to_lang":"es"}""";
        var whole = JsonSerializer.Deserialize<SubmitRequest>(json, WireJson.Options);
        var small = new JsonSerializerOptions(WireJson.Options) { DefaultBufferSize = 1 };

        var pieces = await JsonSerializer.DeserializeAsync<SubmitRequest>(new MemoryStream(Encoding.UTF8.GetBytes(json)), small);

        Assert.That(pieces, Is.EqualTo(whole));
    }
}
