using AiDub.Api.Views;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Api.Dubs;

/// <summary>Lists a user's dubs over both stores: those that run or wait to be delivered, and those that were finished.</summary>
internal sealed class DubList(IProgressStore progress, IDubStore dubs)
{
    /// <summary>A page of a user's dubs, newest first, each once: one that is finished or delivered meanwhile keeps its place.</summary>
    /// <param name="query">Which; its limit is the page's.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<DubPage> ReadPageAsync(DubQuery query, CancellationToken ct)
    {
        var found = new List<DubView>();
        // One more says whether there is a further page.
        var part = query with { Limit = query.Limit + 1 };
        while (found.Count < part.Limit)
        {
            var (views, last) = await ReadAsync(part, ct);
            found.AddRange(views.Where(view => query.State is null || view.Listed == query.State));
            if (last is null)
                break;
            part = part with { After = last };
        }
        return found.Count <= query.Limit
            ? new DubPage(found, null)
            : new DubPage(found[..query.Limit], found[query.Limit - 1].Cursor);
    }

    // What both stores hold of one part, and its end; null: nothing comes after.
    private async Task<(IEnumerable<DubView> Views, DubCursor? Last)> ReadAsync(DubQuery part, CancellationToken ct)
    {
        // Those of a state that only documents have are picked out by the store; of complete ones every document has to be seen, for it
        // outdoes its record.
        var isOfDocuments = part.State is not null and not ListedState.Complete;
        // Documents first: the record is written before the document goes.
        var documents = await progress.ListAsync(isOfDocuments ? part : part with { State = null }, ct);
        var records = isOfDocuments ? [] : (await dubs.ListAsync(part, ct)).ToDictionary(record => record.Cursor);
        var byPlace = documents.ToDictionary(document => document.Cursor);
        var places = byPlace.Keys.Union(records.Keys).Order().ToList();
        // As far as both were read to.
        var known = places.Take(part.Limit).ToList();
        var views = known
            .Select(place => byPlace.TryGetValue(place, out var document)
                ? DubView.Of(document, records.GetValueOrDefault(place))
                : DubView.Of(records[place]))
            .OfType<DubView>();
        return (views, places.Count >= part.Limit ? known[^1] : null);
    }
}

/// <summary>A page of a list of dubs.</summary>
/// <param name="Dubs">The dubs, newest first.</param>
/// <param name="Next">Behind which place the next page begins; null: this is the last.</param>
internal sealed record DubPage(IReadOnlyList<DubView> Dubs, DubCursor? Next);
