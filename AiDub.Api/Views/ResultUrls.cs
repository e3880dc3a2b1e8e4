using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Api.Views;

/// <summary>Where the files of a complete dub are opened; made whenever they are read, because they expire.</summary>
internal sealed class ResultUrls(IObjectStore objects)
{
    /// <summary>The dubbed video's address.</summary>
    public async Task<string> ResultAsync(FinalResponse response, Uri publicBase, CancellationToken ct) =>
        (await objects.AddressAsync(response.ResultKey, publicBase, ct)).AbsoluteUri;

    /// <summary>The subtitles' addresses.</summary>
    public async Task<SubtitleAddresses> SubtitlesAsync(FinalResponse response, Uri publicBase, CancellationToken ct) => new(
        (await objects.AddressAsync(response.SrtKey, publicBase, ct)).AbsoluteUri,
        (await objects.AddressAsync(response.VttKey, publicBase, ct)).AbsoluteUri);
}
