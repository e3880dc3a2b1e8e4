using System.Globalization;

namespace AiDub.Jobs.Media.Clock;

/// <summary>How a clock that was put right is told to people.</summary>
internal static class RepairedClock
{
    private const int MostTold = 10;

    /// <summary>A sentence with the places, in seconds.</summary>
    public static string Told(IReadOnlyList<double> places)
    {
        var told = string.Join(", ", places.Take(MostTold).Select(p => p.ToString("0.0", CultureInfo.InvariantCulture)));
        var further = places.Count > MostTold ? $" and {places.Count - MostTold} more places" : "";
        return $"The clock of the source restarts, steps back or jumps at {told}{further} s; what follows was laid on without a gap.";
    }
}
