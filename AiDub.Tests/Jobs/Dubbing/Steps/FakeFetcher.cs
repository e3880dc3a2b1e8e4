using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>Brings what a test says lies at an address.</summary>
internal sealed class FakeFetcher : ISourceFetcher
{
    public Dictionary<string, byte[]> Served { get; } = [];

    /// <summary>What every file falls short by.</summary>
    public ShortFile? Lacking { get; set; }

    public async Task<ShortFile?> FetchAsync(
        string address, string path, FetchedKind kind, long maxBytes, IProgress<double> progress, CancellationToken ct)
    {
        if (!Served.TryGetValue(address, out var bytes))
            throw new PermanentDubException(FailureCode.SourceNotFound);
        await File.WriteAllBytesAsync(path, bytes, ct);
        progress.Report(1);
        return Lacking;
    }
}
