using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Clients;

/// <summary>
/// Clients that are made of the OpenAPI document of a real service, by two makers: they type-check, and dub a video from the upload to the
/// result.
/// </summary>
public sealed class TypeScriptClientTests
{
    private const string Sources = "AiDub.Tests/Clients/typescript/";
    private NodeFolder _folder = null!;
    private DubServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = new DubServer();
        await _server.StartAsync();
        _folder = new NodeFolder("typescript");
        var document = new Uri(_server.BaseAddress, "/swagger/v1/swagger.json");
        await _folder.WriteAsync("openapi.json", await _server.Http.GetStringAsync(document));
        foreach (var file in (string[])["tsconfig.json", "client.ts", "misuse.ts", "run.ts", "hey.ts", "openapi-ts.config.mjs"])
            _folder.Take(Sources + file);
        await _folder.WriteAsync("package.json", """{"type":"module"}""");
        var farm = Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4");
        await Tool.FfmpegAsync("-i", farm, "-t", "3", "-c", "copy", _folder.File("talk.mp4"));

        await _folder.RunAsync("node_modules/openapi-typescript/bin/cli.js", "openapi.json", "-o", "schema.d.ts");
        await _folder.RunAsync("node_modules/@hey-api/openapi-ts/bin/run.js");
        // Where one uses its client wrongly it says so, and without an error there the compiler says that.
        await _folder.RunAsync("node_modules/typescript/bin/tsc", "-p", "tsconfig.json");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _folder?.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("run.js")]
    [TestCase("hey.js", Category = "Long")]
    public async Task A_generated_client_dubs_a_video(string program)
    {
        var said = await _folder.RunAsync($"out/{program}", _server.BaseAddress.ToString().TrimEnd('/'), "talk.mp4", "result.mp4");

        Assert.That(said.TrimEnd(), Does.EndWith("complete"));
        var expected = await Tool.DurationAsync(_folder.File("talk.mp4"));
        Assert.That(await Tool.DurationAsync(_folder.File("result.mp4")), Is.EqualTo(expected).Within(0.05));
    }
}
