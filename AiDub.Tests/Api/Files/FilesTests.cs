using System.Net;
using System.Net.Http.Headers;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.LocalFiles;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Api.Files;

/// <summary>The objects of the embedded store over HTTP, as browsers and download managers ask for them.</summary>
public sealed class FilesTests
{
    private const string Key = "results/51/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90/dubbed.mp4";

    private ApiHost _api = null!;
    private LocalObjectStore _objects = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-files-").FullName;
        _api = new ApiHost(builder => builder.UseSetting("Data:Directory", Path.Combine(_folder, "data")));
        _objects = _api.Services.GetRequiredService<LocalObjectStore>();
        var file = Path.Combine(_folder, "new");
        await File.WriteAllTextAsync(file, "0123456789");
        await _objects.PutAsync(Key, file, "video/mp4", default);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("talk.es.mp4", "inline; filename=talk.es.mp4; filename*=UTF-8''talk.es.mp4")]
    [TestCase("día \"1\".es.mp4", "inline; filename=\"d_a \\\"1\\\".es.mp4\"; filename*=UTF-8''d%C3%ADa%20%221%22.es.mp4")]
    public async Task A_browser_shows_it_and_calls_it_as_its_address_says(string name, string disposition)
    {
        var answer = await _api.Client.GetAsync(await AddressAsync(new ServedName(name)));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("video/mp4"));
        Assert.That(answer.Content.Headers.NonValidated["Content-Disposition"].ToString(), Is.EqualTo(disposition));
    }

    [Test]
    public async Task With_download_it_is_saved()
    {
        var made = (await AddressAsync(new ServedName("talk.es.mp4", IsSaved: true))).AbsoluteUri;
        var shown = (await AddressAsync(new ServedName("talk.es.mp4"))).AbsoluteUri;

        foreach (var address in (string[])[made, shown + "&download", shown + "&download=true"])
            Assert.That(await WayAsync(address), Is.EqualTo("attachment"), address);
        Assert.That(await WayAsync(shown + "&download=0"), Is.EqualTo("inline"));
    }

    [Test]
    public async Task Another_name_than_was_signed_opens_nothing()
    {
        var address = (await AddressAsync(new ServedName("talk.es.mp4"))).AbsoluteUri;

        foreach (var other in (string[])["filename=virus.exe&", ""])
        {
            var forged = address.Replace("filename=talk.es.mp4&", other, StringComparison.Ordinal);
            await (await _api.Client.GetAsync(forged)).ReadErrorAsync(404, "not_found");
        }
    }

    [Test]
    public async Task An_address_without_a_name_still_opens()
    {
        var answer = await _api.Client.GetAsync(await _objects.AddressAsync(Key, _api.Client.BaseAddress!, default));

        Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("dubbed.mp4"));
    }

    [Test]
    public async Task It_may_be_kept_by_whoever_has_the_address_for_as_long_as_that_opens()
    {
        var answer = await _api.Client.GetAsync(await AddressAsync(new ServedName("talk.es.mp4")));

        var cache = answer.Headers.CacheControl!;
        Assert.That(cache.Private, Is.True);
        Assert.That(cache.MaxAge, Is.InRange(TimeSpan.FromSeconds(86_000), TimeSpan.FromSeconds(86_400)));
    }

    [Test]
    public async Task What_has_not_changed_is_not_sent_again_and_a_broken_download_goes_on()
    {
        var address = await AddressAsync(new ServedName("talk.es.mp4"));
        var tag = (await _api.Client.GetAsync(address)).Headers.ETag!;

        var known = await SendAsync(address, ask => ask.Headers.IfNoneMatch.Add(tag));
        var rest = await SendAsync(address, ask => (ask.Headers.Range, ask.Headers.IfRange) = (new(4, null), new(tag)));
        var other = await SendAsync(
            address, ask => (ask.Headers.Range, ask.Headers.IfRange) = (new(4, null), new(new EntityTagHeaderValue("\"other\""))));
        var beyond = await SendAsync(address, ask => ask.Headers.Range = new(10, null));

        Assert.That((known.StatusCode, known.Headers.ETag), Is.EqualTo((HttpStatusCode.NotModified, tag)));
        Assert.That(rest.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await rest.Content.ReadAsStringAsync(), Is.EqualTo("456789"));
        Assert.That(await other.Content.ReadAsStringAsync(), Is.EqualTo("0123456789"), "it was replaced meanwhile");
        await beyond.ReadErrorAsync(416, "range_invalid");
        Assert.That(beyond.Content.Headers.ContentRange!.Length, Is.EqualTo(10));
        Assert.That((beyond.Content.Headers.ContentDisposition, beyond.Headers.CacheControl), Is.EqualTo(((object?)null, (object?)null)));
    }

    [TestCase("If-None-Match", "W/{0}", HttpStatusCode.NotModified)]
    [TestCase("If-None-Match", "\"other\", W/{0}", HttpStatusCode.NotModified)]
    [TestCase("If-None-Match", "*", HttpStatusCode.NotModified)]
    [TestCase("If-None-Match", "W/\"other\"", HttpStatusCode.OK)]
    [TestCase("If-None-Match", "nonsense", HttpStatusCode.OK)]
    [TestCase("Range", "items=0-5", HttpStatusCode.OK)]
    [TestCase("Range", "nonsense", HttpStatusCode.OK)]
    [TestCase("Range", "Bytes=0-5", HttpStatusCode.PartialContent)]
    public async Task Conditions_are_read_as_the_protocol_has_them_by_results_and_by_the_page(
        string header, string value, HttpStatusCode expected)
    {
        foreach (var address in (Uri[])[await AddressAsync(new ServedName("talk.es.mp4")), new(_api.Client.BaseAddress!, "/")])
        {
            var tag = (await _api.Client.GetAsync(address)).Headers.ETag!.Tag;

            var answer = await SendAsync(
                address, ask => ask.Headers.TryAddWithoutValidation(header, value.Replace("{0}", tag, StringComparison.Ordinal)));

            Assert.That(answer.StatusCode, Is.EqualTo(expected), address.AbsolutePath);
        }
    }

    [Test]
    public async Task Asked_by_HEAD_it_says_how_large_it_is_and_sends_nothing()
    {
        var head = await _api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, await AddressAsync(new ServedName("talk.es.mp4"))));

        Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(10));
        Assert.That(head.Content.Headers.ContentDisposition?.FileName, Is.EqualTo("talk.es.mp4"));
        Assert.That(head.Headers.ETag, Is.Not.Null);
        Assert.That(head.Headers.AcceptRanges, Is.EqualTo(new[] { "bytes" }));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    private async Task<string> WayAsync(string address) =>
        (await _api.Client.GetAsync(address)).Content.Headers.ContentDisposition!.DispositionType;

    private Task<Uri> AddressAsync(ServedName name) => _objects.AddressAsync(Key, _api.Client.BaseAddress!, name, default);

    private Task<HttpResponseMessage> SendAsync(Uri address, Action<HttpRequestMessage> ask)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        ask(request);
        return _api.Client.SendAsync(request);
    }
}
