using System.Globalization;
using AiDub.Api.Views;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Events;

/// <summary>The ids of events: twice the dub's version, and one more for the event that is the last.</summary>
/// <remarks>They come from the store alone, so that a client can go on at any process; an odd one says that the end was seen.</remarks>
internal static class DubEvent
{
    /// <summary>The id of a dub's state, above that of the last event that the client has seen.</summary>
    public static long IdOf(DubView view, long lastId) =>
        view.State == DubState.Running ? view.Version * 2 : Math.Max(view.Version * 2, (lastId + 1) & ~1L) + 1;

    /// <summary>Whether a client that has seen <paramref name="lastId"/> has seen this state.</summary>
    public static bool IsSeen(DubView view, long lastId) =>
        view.State == DubState.Running ? lastId >= view.Version * 2 : lastId % 2 == 1 && lastId > view.Version * 2;

    /// <summary>What a client sent as <c>Last-Event-ID</c>; 0 for what no event of ours had.</summary>
    public static long Parse(string? sent) =>
        long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < 1L << 53 ? id : 0;
}
