using System.Net;
using System.Text.Json;

namespace AiDub.Tests.EndToEnd;

/// <summary>What a service does before its first dub, and that nothing of it is left.</summary>
public sealed class RehearsedServiceTests
{
    [Test]
    public async Task A_service_that_has_rehearsed_has_no_dub_and_no_file_of_it()
    {
        await using var server = new DubServer(("Workers__Rehearse", "true"));

        await server.StartAsync();

        using var listed = await server.Http.GetAsync(new Uri(server.BaseAddress, "/ai_dub?user_id=0"));
        var dubs = JsonDocument.Parse(await listed.Content.ReadAsStringAsync()).RootElement;
        Assert.That(listed.StatusCode, Is.EqualTo(HttpStatusCode.OK), dubs.ToString());
        Assert.That(dubs.GetProperty("dubs").GetArrayLength(), Is.Zero);
        Assert.That(server.FilesUnder("objects").Where(File.Exists), Is.Empty);
        await server.TidyAsync();
    }

    [Test]
    [Category("Long")]
    public async Task A_service_whose_tools_are_missing_is_ready_without_a_rehearsal()
    {
        await using var server = new DubServer(("Workers__Rehearse", "true"), ("Engines__Espeak__Executable", "/nowhere/espeak-ng"));

        await server.StartAsync();

        Assert.That(server.Log, Does.Contain("could not be rehearsed"));
        await server.TidyAsync();
    }
}
