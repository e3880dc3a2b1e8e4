using System.Text.Json;

namespace AiDub.Tests.Api.Fakes;

/// <summary>What every answer of the contract has in common.</summary>
public static class AnswerAssert
{
    /// <summary>Asserts the status and the content type, and reads the body.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), body);
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json; charset=utf-8"), body);
        return JsonElement.Parse(body);
    }

    /// <summary>Asserts that an answer is an error in the one shape, and reads it.</summary>
    public static async Task<JsonElement> ReadErrorAsync(this HttpResponseMessage answer, int status, string code)
    {
        var body = await answer.ReadAsync(status);
        Assert.That(body.GetProperty("msg_code").GetString(), Is.EqualTo(code), body.GetRawText());
        Assert.That(body.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(body.GetProperty("msg").GetString(), Is.Not.Empty);
        Assert.That(body.EnumerateObject().Select(p => p.Name), Is.SubsetOf(new[] { "status", "msg", "msg_code", "errors", "error_code" }));
        return body;
    }

    /// <summary>A header of an answer; empty when it has none such.</summary>
    public static string Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    public static string Text(this JsonElement body, string name) => body.GetProperty(name).GetString()!;
}
