using System.Text;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Fetching;

/// <summary>A test that fetches from a loopback server into a file of its own.</summary>
public abstract class FetchBench
{
    private string _folder = "";

    private protected HurriedClock Clock { get; private set; } = new();

    private protected string File { get; private set; } = "";

    private protected string Text => System.IO.File.ReadAllText(File, Encoding.Latin1);

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-fetch-").FullName;
        File = Path.Combine(_folder, "source");
        Clock = new HurriedClock();
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    private protected Task<ShortFile?> FetchAsync(
        RawServer server,
        string target = "/video.mp4",
        FetchedKind kind = FetchedKind.Video,
        long maxBytes = 1 << 20,
        int idleSeconds = 30) =>
        FetchAsync(new SourceNetwork(), server.Address(target), kind, maxBytes, idleSeconds, server.HostAndPort);

    private protected const long Largest = 1L << 40;

    private protected Task<ShortFile?> FetchAsync(
        ISourceNetwork network,
        string address,
        FetchedKind kind = FetchedKind.Video,
        long maxBytes = 1 << 20,
        int idleSeconds = 30,
        params string[] listed) =>
        Fetcher(network, idleSeconds, FetchRoom.OfDisk, listed)
            .FetchAsync(address, File, kind, maxBytes, new Progress<double>(), default);

    private protected SourceFetcher Fetcher(ISourceNetwork network, int idleSeconds, FetchRoom room, params string[] listed)
    {
        var options = Options.Create(
            new SourceOptions { AllowedPrivateHosts = listed, IdleTimeoutSeconds = idleSeconds, MaxBytes = Largest });
        var http = new HttpTransport(new SourceGate(network, options), network, options, Clock);
        return new SourceFetcher([http], options, TimeProvider.System) { Room = room };
    }

    private protected string Code(Func<Task> fetch)
    {
        var code = Assert.ThrowsAsync<PermanentDubException>(() => fetch()).Code.Value;
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty, "nothing of what was refused is left");
        return code;
    }
}
