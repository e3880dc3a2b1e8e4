using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Models.Bringing;

/// <summary>What a hub says a file is.</summary>
/// <param name="Sha256">Its SHA-256 in lower-case hex; null for a small file, which the hub keeps in git itself.</param>
/// <param name="GitHash">Its name in git, for a small file; null otherwise.</param>
/// <param name="Bytes">Its size; null when the hub does not say.</param>
internal sealed record HubFile(string? Sha256, string? GitHash, long? Bytes);

/// <summary>A file that a hub has begun to send.</summary>
internal sealed class HubAnswer(HttpResponseMessage response, HubFile file) : IDisposable
{
    /// <summary>What it is.</summary>
    public HubFile File => file;

    /// <summary>200, 206, or 416: there is nothing after what was had.</summary>
    public HttpStatusCode Status => response.StatusCode;

    /// <summary>The first byte that is sent.</summary>
    public long From => Status == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange?.From ?? -1 : 0;

    /// <summary>What the same bytes are asked for by when they break off; null where the server gives nothing to go by.</summary>
    public string? Tag => response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;

    /// <summary>The bytes.</summary>
    public Task<Stream> ReadAsync(CancellationToken ct) => response.Content.ReadAsStreamAsync(ct);

    /// <inheritdoc/>
    public void Dispose() => response.Dispose();
}

/// <summary>A hub of models, or a mirror that answers as it does.</summary>
/// <remarks>
/// A large file is asked for at <c>/resolve/</c>, which leads to another server and says in <c>X-Linked-ETag</c> and <c>X-Linked-Size</c>
/// what the file is, as the pointer at <c>/raw/</c> does (git-lfs.github.com/spec/v1). A small one is answered at once; its ETag is its
/// name in git.
/// </remarks>
internal sealed partial class ModelHub(HttpClient http, IOptions<ModelsOptions> options, TimeProvider clock)
{
    /// <summary>The client's name.</summary>
    public const string Client = "models";

    private const int MostRedirects = 8;
    private const int LongestPointer = 1024;
    private const string PointerVersion = "version https://git-lfs.github.com/spec/v1";

    /// <summary>Asks for a file.</summary>
    /// <param name="hub">The hub's address.</param>
    /// <param name="model">The model that it belongs to.</param>
    /// <param name="path">Its path in the model's repository.</param>
    /// <param name="have">How many bytes of it are there already.</param>
    /// <param name="tag">What those were told apart by; null: not known.</param>
    /// <param name="ct">Ends the call.</param>
    /// <exception cref="ModelException">There is none, it is not given to us, or the hub is away.</exception>
    public async Task<HubAnswer> OpenAsync(Uri hub, CatalogueModel model, string path, long have, string? tag, CancellationToken ct)
    {
        var address = Address(hub, model, "resolve", path);
        string? linked = null;
        long? size = null;
        for (var hop = 0; hop < MostRedirects; hop++)
        {
            var response = await SendAsync(hub, address, have, tag, ct);
            linked ??= Header(response, "X-Linked-ETag");
            size ??= long.TryParse(Header(response, "X-Linked-Size"), out var bytes) ? bytes : null;
            if (response.StatusCode is not (>= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest))
            {
                if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                    return new HubAnswer(response, await FileAsync(hub, model, path, linked, size, response, ct));
                using (response)
                    throw Refused(hub, model, path, response.StatusCode);
            }
            using (response)
                address = Next(address, response.Headers.Location);
        }
        throw new ModelException($"{hub.Host} leads round in circles for {path}");
    }

    private static Uri Next(Uri from, Uri? location)
    {
        if (location is null)
            throw new ModelException($"{from.Host} leads nowhere");
        var next = new Uri(from, location);
        return next.Scheme == Uri.UriSchemeHttps || from.Scheme != Uri.UriSchemeHttps
            ? next
            : throw new ModelException($"{from.Host} leads to {next.Host} without encryption");
    }

    private static Uri Address(Uri hub, CatalogueModel model, string verb, string path) => new(
        $"{hub.AbsoluteUri.TrimEnd('/')}/{model.Repository}/{verb}/{Uri.EscapeDataString(model.Revision)}/"
            + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));

    private async Task<HttpResponseMessage> SendAsync(Uri hub, Uri address, long have, string? tag, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        // Bytes as they lie there: a compressed answer has other ranges.
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        // To the hub alone, not to the servers that it leads to.
        if (options.Value.Token is { Length: > 0 } token && IsSameOrigin(hub, address))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            if (tag is not null)
                request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.SilenceSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (HttpRequestException e)
        {
            throw new ModelException($"{address.Host} is not reached: {e.Message}", e) { IsPassing = true };
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ModelException($"{address.Host} does not answer", e) { IsPassing = true };
        }
    }

    private async Task<HubFile> FileAsync(
        Uri hub, CatalogueModel model, string path, string? linked, long? size, HttpResponseMessage response, CancellationToken ct)
    {
        if (Hash(linked) is { Length: 64 } sha)
            return new HubFile(sha, null, size ?? Total(response));
        if (await PointerAsync(Address(hub, model, "raw", path), hub, ct) is { } pointer)
            return pointer;
        return new HubFile(null, Hash(linked ?? response.Headers.ETag?.Tag) is { Length: 40 } git ? git : null, size ?? Total(response));
    }

    private async Task<HubFile?> PointerAsync(Uri address, Uri hub, CancellationToken ct)
    {
        using var response = await SendAsync(hub, address, 0, null, ct);
        if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength is not <= LongestPointer)
            return null;
        var lines = (await response.Content.ReadAsStringAsync(ct)).Split('\n');
        return lines is [PointerVersion, var oid, var size, ..] && oid.StartsWith("oid sha256:", StringComparison.Ordinal)
            && Hash(oid["oid sha256:".Length..]) is { Length: 64 } hash && long.TryParse(size.Split(' ')[^1], out var bytes)
            ? new HubFile(hash, null, bytes)
            : null;
    }

    private static long? Total(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.OK ? response.Content.Headers.ContentLength : response.Content.Headers.ContentRange?.Length;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static string? Hash(string? tag) =>
        tag is not null && HexHash().Match(tag) is { Success: true } hex ? hex.Groups[1].Value : null;

    private static bool IsSameOrigin(Uri one, Uri other) => Uri.Compare(
        one, other, UriComponents.SchemeAndServer | UriComponents.StrongPort, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private ModelException Refused(Uri hub, CatalogueModel model, string path, HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => new ModelException($"{hub.Host} has no {path} in {model.Repository} at {model.Revision}"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new ModelException(
            $"{hub.Host} does not give {model.Repository} to everybody: accept its terms at "
                + $"{hub.AbsoluteUri.TrimEnd('/')}/{model.Repository} and set Models__{nameof(ModelsOptions.Token)} to a token of yours"
                + (string.IsNullOrEmpty(options.Value.Token) ? "" : "; the one that is set was refused")),
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
            new ModelException($"{hub.Host} answered {(int)status}") { IsPassing = true },
        _ => new ModelException($"{hub.Host} answered {(int)status} for {path}"),
    };

    [GeneratedRegex(@"^(?:W/)?""?([0-9a-f]{64}|[0-9a-f]{40})""?$", RegexOptions.NonBacktracking)]
    private static partial Regex HexHash();
}
