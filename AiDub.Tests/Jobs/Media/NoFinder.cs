using AiDub.Domain.Ports;
using AiDub.Domain.Speech;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Where nothing can tell where somebody speaks.</summary>
internal sealed class NoFinder : ISpeechFinder
{
    public Task<IReadOnlyList<AudioSpan>?> FindAsync(string wav, IProgress<double>? progress, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<AudioSpan>?>(null);
}
