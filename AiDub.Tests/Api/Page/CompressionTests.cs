using System.IO.Compression;
using System.Net;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Page;

/// <summary>The page's files are sent compressed to who takes that, and nothing else is.</summary>
public sealed class CompressionTests
{
    private const string Script = "/page/segments.js";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("gzip, deflate, br, zstd", "br", Description = "as browsers ask over https")]
    [TestCase("gzip, deflate", "gzip", Description = "as browsers ask over http")]
    [TestCase("BR", "br")]
    [TestCase("*", "br")]
    [TestCase("br;q=0.5, gzip;q=0.8", "gzip")]
    [TestCase("br;q=0, *", "gzip")]
    [TestCase("gzip;q=0.2", "gzip")]
    [TestCase("br;q=0.5, identity", null)]
    [TestCase("br;q=0, gzip;q=0", null)]
    [TestCase("*;q=0", null)]
    [TestCase("deflate", null)]
    [TestCase("br;q=nonsense", null)]
    [TestCase(null, null)]
    public async Task A_file_is_sent_in_the_encoding_that_is_wanted_most(string? accept, string? encoding)
    {
        using var answer = await GetAsync(Script, accept);

        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(encoding is null ? [] : new[] { encoding }));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/javascript"));
        Assert.That(answer.Headers.Vary, Is.EqualTo(new[] { "Accept-Encoding" }));
        Assert.That(answer.Headers.CacheControl!.NoCache, Is.True);
        Assert.That(await ReadAsync(answer), Is.EqualTo(await PlainAsync(Script)));
    }

    [TestCase("/", "text/html")]
    [TestCase("/page/page.css", "text/css")]
    [TestCase("/page/main.js", "text/javascript")]
    public async Task Compressed_it_is_at_most_half_as_long_and_keeps_its_type_and_policy(string path, string type)
    {
        using var answer = await GetAsync(path, "br");
        using var plain = await GetAsync(path, null);

        Assert.That(answer.Content.Headers.ContentLength, Is.LessThan(plain.Content.Headers.ContentLength!.Value / 2));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        Assert.That(Policy(answer), Is.EqualTo(Policy(plain)));
    }

    [Test]
    public async Task Each_encoding_has_an_ETag_of_its_own_by_which_alone_it_is_not_sent_again()
    {
        var tags = new List<string>();
        foreach (var accept in (string?[])["br", "gzip", null])
        {
            using var answer = await GetAsync(Script, accept);
            tags.Add(answer.Headers.ETag!.ToString());
        }
        using var same = await GetAsync(Script, "br", ("If-None-Match", tags[0]));
        using var others = await GetAsync(Script, "br", ("If-None-Match", $"{tags[1]}, {tags[2]}"));

        Assert.That(tags, Is.Unique);
        Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(same.Headers.Vary, Is.EqualTo(new[] { "Accept-Encoding" }));
        Assert.That(await same.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(others.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("br")]
    [TestCase("gzip")]
    public async Task HEAD_says_what_GET_would_and_sends_nothing(string accept)
    {
        using var get = await GetAsync(Script, accept);
        using var head = await SendAsync(HttpMethod.Head, Script, accept);

        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(get.Content.Headers.ContentLength));
        Assert.That((head.Headers.ETag, head.Content.Headers.ContentEncoding.Single()), Is.EqualTo((get.Headers.ETag, accept)));
    }

    [Test]
    public async Task A_range_is_one_of_the_encoding_under_its_own_ETag()
    {
        using var whole = await GetAsync(Script, "br");
        var body = await whole.Content.ReadAsByteArrayAsync();
        using var part = await GetAsync(Script, "br", ("Range", "bytes=10-19"), ("If-Range", whole.Headers.ETag!.ToString()));
        using var plain = await GetAsync(Script, null, ("Range", "bytes=10-19"), ("If-Range", whole.Headers.ETag!.ToString()));

        Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(part.Content.Headers.ContentRange!.Length, Is.EqualTo(body.Length));
        Assert.That(await part.Content.ReadAsByteArrayAsync(), Is.EqualTo(body[10..20]));
        Assert.That(plain.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a part of another encoding would not fit on");
    }

    [TestCase("Range", "bytes=9999999-", HttpStatusCode.RequestedRangeNotSatisfiable)]
    [TestCase("If-Match", "\"another\"", HttpStatusCode.PreconditionFailed)]
    public async Task A_refusal_is_not_compressed(string header, string value, HttpStatusCode status)
    {
        using var answer = await GetAsync(Script, "br", (header, value));

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentEncoding, Is.Empty);
    }

    [TestCase("/ai_dub/languages")]
    [TestCase("/ai_dub?user_id=51")]
    [TestCase("/swagger/v1/swagger.json")]
    public async Task What_a_request_may_have_a_say_in_is_sent_as_it_is(string path)
    {
        using var answer = await GetAsync(path, "br, gzip");

        Assert.That(answer.Content.Headers.ContentEncoding, Is.Empty);
    }

    [TestCase("/page/segments.js.br")]
    [TestCase("/page/none.js")]
    [TestCase("/page/../appsettings.json")]
    [TestCase("/page")]
    public async Task There_are_no_files_but_those_of_the_page(string path)
    {
        using var answer = await GetAsync(path, "br");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private Task<HttpResponseMessage> GetAsync(string path, string? accept, params (string Name, string Value)[] more) =>
        SendAsync(HttpMethod.Get, path, accept, more);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? accept, params (string Name, string Value)[] more)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in accept is null ? more : [.. more, ("Accept-Encoding", accept)])
            request.Headers.TryAddWithoutValidation(name, value);
        return await _api.Client.SendAsync(request);
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer)
    {
        using var whole = new MemoryStream();
        var body = await answer.Content.ReadAsStreamAsync();
        await using var plain = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        await plain.CopyToAsync(whole);
        return whole.ToArray();
    }

    private static Task<byte[]> PlainAsync(string path) =>
        File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "wwwroot", path.TrimStart('/')));

    private static string? Policy(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();
}
