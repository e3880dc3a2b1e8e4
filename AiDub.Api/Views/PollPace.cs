using System.Globalization;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Views;

/// <summary>How soon a dub is worth asking about again: what <c>Retry-After</c> says of one that runs.</summary>
internal static class PollPace
{
    private const int LongestSeconds = 10;
    private const int WaitingSeconds = 5;

    private static readonly string[] Texts =
        [.. Enumerable.Range(0, LongestSeconds + 1).Select(seconds => seconds.ToString(CultureInfo.InvariantCulture))];

    /// <summary>In seconds, of a dub that was just accepted.</summary>
    public static string Soon => Texts[1];

    /// <summary>In seconds: a tenth of the time that is left, 1 to 10; 5 while the dub waits for something.</summary>
    public static string Of(DubProgress dub) => Texts[dub.Activity?.Wait is not null
        ? WaitingSeconds
        : Math.Clamp((dub.Activity?.EtaSeconds ?? 0) / 10, 1, LongestSeconds)];
}
