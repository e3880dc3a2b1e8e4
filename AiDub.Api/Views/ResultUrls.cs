using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Domain.Sources;

namespace AiDub.Api.Views;

/// <summary>
/// Where the files of a complete dub are opened; made whenever they are read, because they expire. A browser calls them after the source
/// and the language: <c>talk.es.mp4</c>.
/// </summary>
internal sealed class ResultUrls(IObjectStore objects)
{
    // Where the source has no name.
    private const string Nameless = "dub";

    /// <summary>The dubbed video's address, at which a browser plays it.</summary>
    public Task<string> ResultAsync(DubOrder order, FinalResponse response, Uri publicBase, CancellationToken ct) =>
        OfAsync(response.ResultKey, NameOf(order, response.ResultKey), publicBase, ct);

    /// <summary>The dubbed video's address, at which a browser saves it.</summary>
    public Task<string> DownloadAsync(DubOrder order, FinalResponse response, Uri publicBase, CancellationToken ct) =>
        OfAsync(response.ResultKey, NameOf(order, response.ResultKey) with { IsSaved = true }, publicBase, ct);

    /// <summary>The subtitles' addresses.</summary>
    public async Task<SubtitleAddresses> SubtitlesAsync(
        DubOrder order, FinalResponse response, Uri publicBase, CancellationToken ct) =>
        new(
            await OfAsync(response.SrtKey, NameOf(order, response.SrtKey), publicBase, ct),
            await OfAsync(response.VttKey, NameOf(order, response.VttKey), publicBase, ct));

    private static ServedName NameOf(DubOrder order, string key)
    {
        var language = order.ToRegion is { } region ? $"{order.ToLang}-{region}" : order.ToLang;
        return new ServedName($"{SourceName.Of(order.SourceVideoUrl) ?? Nameless}.{language}{Path.GetExtension(key)}");
    }

    private async Task<string> OfAsync(string key, ServedName name, Uri publicBase, CancellationToken ct) =>
        (await objects.AddressAsync(key, publicBase, name, ct)).AbsoluteUri;
}
