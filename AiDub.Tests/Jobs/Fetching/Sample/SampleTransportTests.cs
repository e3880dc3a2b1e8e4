using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Fetching.Sample;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Storage;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Fetching.Sample;

public sealed class SampleTransportTests
{
    private TestData _data = null!;

    [SetUp]
    public void Open() => _data = new TestData();

    [TearDown]
    public void Close() => _data.Dispose();

    [Test]
    public async Task The_sample_is_made_once_a_talk_with_a_picture_that_is_kept()
    {
        using var sample = Sample(Environments.Development);
        var transport = Transport(sample);
        var (first, second) = (Path.Combine(_data.Root, "first"), Path.Combine(_data.Root, "second"));

        var types = await Task.WhenAll(Bring(transport, first), Bring(transport, second));

        Assert.That(types, Is.All.EqualTo(new Transferred("video/mp4")));
        Assert.That(await File.ReadAllBytesAsync(first), Is.EqualTo(await File.ReadAllBytesAsync(second)));
        Assert.That(await Tool.DurationAsync(first), Is.InRange(10, 30));
        Assert.That(await sample.FileAsync(default), Does.StartWith(_data.Root));
    }

    [TestCase("http://127.0.0.1:5080/samples/talk.mp4", ExpectedResult = true)]
    [TestCase("http://localhost:8080/samples/talk.mp4", ExpectedResult = true)]
    [TestCase("http://[::1]:5080/samples/talk.mp4", ExpectedResult = true)]
    [TestCase("http://127.0.0.1:5080/samples/talk.mp4?x=1", ExpectedResult = true)]
    [TestCase("http://127.0.0.1:5080/samples/../etc/passwd", ExpectedResult = false)]
    [TestCase("http://127.0.0.1:5080/hangfire", ExpectedResult = false)]
    [TestCase("http://example.com/samples/talk.mp4", ExpectedResult = false)]
    [TestCase("http://127.0.0.1:8000/samples/talk.mp4", ExpectedResult = false, Description = "a server that was allowed")]
    public bool Only_the_sample_of_this_machine_is_brought_without_the_network(string address)
    {
        using var sample = Sample(Environments.Development);
        return Transport(sample).Takes(address);
    }

    [Test]
    public void In_production_there_is_no_sample()
    {
        using var sample = Sample(Environments.Production);

        Assert.That(Transport(sample).Takes("http://127.0.0.1:5080/samples/talk.mp4"), Is.False);
    }

    private static Task<Transferred> Bring(SampleTransport transport, string path) => transport.TransferAsync(
        "http://127.0.0.1:5080/samples/talk.mp4", new FetchedFile(path, FetchedKind.Video, 1 << 24, new Progress<double>()), default);

    private static SampleTransport Transport(SampleVideo sample) =>
        new(sample, Options.Create(new SourceOptions { AllowedPrivateHosts = ["127.0.0.1:8000"] }));

    private SampleVideo Sample(string environment) =>
        new(new ToolRunner(TimeProvider.System), new Scratch(_data.Directory), _data.Directory, new Named(environment));

    private sealed class Named(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
