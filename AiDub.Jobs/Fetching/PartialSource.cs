using System.Globalization;
using System.Net;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>
/// A source that is on its way: as much of it as is in the file, and what tells that the server still has the same one. The bytes are those
/// that were sent, whatever their encoding, so that a part of them can be asked for (RFC 9110, section 14).
/// </summary>
internal sealed class PartialSource(FetchedFile file, TimeSpan idle)
{
    // So many times after the first: a server that is being restarted does not end at one byte as often.
    private const int SameEnds = 2;

    private string? _tag;
    private string? _modified;
    private double _told;
    private long _end;
    private int _sameEnds;
    private bool _asksForStart;

    /// <summary>How many bytes there are.</summary>
    public long Written { get; private set; }

    /// <summary>The most bytes that there ever were: what is sent again is no progress.</summary>
    public long Furthest { get; private set; }

    /// <summary>How many bytes it has; null while that is not known.</summary>
    public long? Total { get; private set; }

    /// <summary>Whether the server ended each of its last answers here, for itself, though more was due.</summary>
    public bool AlwaysEndsHere => Written > 0 && Written == Furthest && Written == _end && _sameEnds >= SameEnds;

    /// <summary>How it was encoded for the way, outermost last; null when it was not.</summary>
    public string? Encoding { get; private set; }

    /// <summary>The media type that the server states.</summary>
    public string? Type { get; private set; }

    /// <summary>Asks for what is missing, or for all of it should it have changed.</summary>
    public void AskForRest(HttpRequestMessage request)
    {
        if (Written == 0 && !_asksForStart)
            return;
        SourceRequest.Set(request, "Range", string.Create(CultureInfo.InvariantCulture, $"bytes={Written}-"));
        SourceRequest.Set(request, "Accept-Encoding", Encoding ?? "identity");

        // A weak tag may be that of other bytes.
        if ((_tag is ['"', ..] ? _tag : _modified) is { } condition)
            SourceRequest.Set(request, "If-Range", condition);
    }

    /// <summary>
    /// Whether a server may have refused because no part was asked for, as what plays a video in a browser does; from then on it is.
    /// </summary>
    public bool IsAskedForByRange(HttpStatusCode status)
    {
        if (_asksForStart || Written > 0 || status is not (HttpStatusCode.BadRequest or HttpStatusCode.RequestedRangeNotSatisfiable))
            return false;
        return _asksForStart = true;
    }

    /// <summary>Takes in an answer that has a body, and says whether all is there now; when not, the rest is to be asked for.</summary>
    /// <exception cref="PermanentDubException">There is more than there may be.</exception>
    /// <exception cref="TransientDubException">The server broke off.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public async Task<bool> TakeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return IsWholeBy(response);
        var isPart = response.StatusCode == HttpStatusCode.PartialContent;
        var stated = response.Content.Headers.ContentLength;
        if (!isPart)
            StartAnew();
        else if (!Continues(response))
            return false;
        Describe(response);
        Total = TotalOf(response, isPart, stated);
        if (Total > file.Limit || Written + stated > file.Limit)
            throw SourceBody.TooLarge(file.Limit);
        file.Room.Require(file.Path, stated);

        var length = await AppendAsync(response.Content, stated is null ? file.Room.Watch(file.Path) : null, ct);
        if (stated is not null && length != stated)
        {
            NoteEnd();
            throw SourceBody.BrokenOff(null);
        }
        if (!isPart)
            Total = Written;
        var isWhole = Total is null || Written >= Total;
        if (!isWhole)
            NoteEnd();
        return isWhole;
    }

    // A server that stands still may go on later; one that ends its answer has said all that it has.
    private async Task<long> AppendAsync(HttpContent content, Action<int>? coming, CancellationToken ct)
    {
        try
        {
            return await SourceBody.AppendAsync(content, file.Path, Written, file.Limit, idle, coming, Advance, ct);
        }
        catch (TransientDubException e) when (e.InnerException is not OperationCanceledException)
        {
            NoteEnd();
            throw;
        }
    }

    private void NoteEnd() => (_end, _sameEnds) = (Written, Written == _end ? _sameEnds + 1 : 0);

    private void StartAnew()
    {
        File.Delete(file.Path);
        (Written, Total, Encoding, Type, _tag, _modified) = (0, null, null, null, null, null);
    }

    // Whether a part follows on what there is; when it is of another source, or of another place, all is asked for anew.
    private bool Continues(HttpResponseMessage response)
    {
        var range = response.Content.Headers.ContentRange;
        if (range is null && Written == 0)
            return true; // It is the whole, under the wrong status.
        var isSame = range is { Unit: "bytes", From: { } from } && from == Written
            && (Written == 0
                || (Same(Total, range.Length)
                    && Same(_tag, SourceAnswer.Header(response, "ETag"))
                    && Same(_modified, SourceAnswer.Header(response, "Last-Modified"))
                    && EncodingOf(response) == Encoding));
        if (!isSame)
            StartAnew();
        return isSame;
    }

    // Asked for bytes beyond the end: there is nothing beyond it, or the source has become shorter.
    private bool IsWholeBy(HttpResponseMessage response)
    {
        if (Written > 0 && response.Content.Headers.ContentRange is { Length: { } length } && length == Written)
            return true;
        StartAnew();
        return false;
    }

    private void Describe(HttpResponseMessage response)
    {
        if (Written > 0)
            return;
        (_tag, _modified) = (SourceAnswer.Header(response, "ETag"), SourceAnswer.Header(response, "Last-Modified"));
        Encoding = EncodingOf(response);
        Type = SourceAnswer.Header(response, "Content-Type")?.Split(';')[0].Trim().ToLowerInvariant();
    }

    // Some servers say the position of the last byte wrongly, but not how many they send.
    private long? TotalOf(HttpResponseMessage response, bool isPart, long? stated) =>
        isPart && response.Content.Headers.ContentRange is { } range ? range.Length ?? Total : stated;

    private void Advance(int bytes)
    {
        Written += bytes;
        Furthest = Math.Max(Furthest, Written);
        if (Total > 0)
            file.Progress.Report(_told = Math.Max(_told, Math.Min(1, (double)Written / Total.Value)));
    }

    private static string? EncodingOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values) ? string.Join(',', values) : null;

    private static bool Same<T>(T? before, T? now) => before is null || now is null || before.Equals(now);
}
