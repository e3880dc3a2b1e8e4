using System.Runtime.CompilerServices;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage;

/// <summary>Goes through any number of progress documents with a page of them in memory.</summary>
internal static class ProgressPages
{
    /// <summary>
    /// Running dubs that nobody may take and nobody has touched since a time; see <see cref="IProgressStore.FindStaleAsync"/>.
    /// </summary>
    public static async IAsyncEnumerable<DubProgress> StaleAsync(
        this IProgressStore progress, DateTimeOffset before, DateTimeOffset ahead, int page, [EnumeratorCancellation] CancellationToken ct)
    {
        DubProgress? last = null;
        IReadOnlyList<DubProgress> found;
        do
        {
            found = await progress.FindStaleAsync(before, ahead, last, page, ct);
            foreach (var dub in found)
                yield return last = dub;
        }
        while (found.Count == page);
    }

    /// <summary>All dubs that run or wait.</summary>
    public static async IAsyncEnumerable<DubProgress> UnfinishedAsync(
        this IProgressStore progress, int page, [EnumeratorCancellation] CancellationToken ct)
    {
        DubCursor? last = null;
        IReadOnlyList<DubProgress> found;
        do
        {
            found = await progress.FindUnfinishedAsync(last, page, ct);
            foreach (var dub in found)
            {
                last = dub.Cursor;
                yield return dub;
            }
        }
        while (found.Count == page);
    }
}
