namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>Maps the progress of a part onto the whole.</summary>
internal static class ProgressParts
{
    /// <summary>A progress whose 0–1 is [<paramref name="from"/>, <paramref name="to"/>] of the whole.</summary>
    public static IProgress<double> Part(this IProgress<double> whole, double from, double to) => new Mapped(whole, from, to);

    private sealed class Mapped(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (to - from) * Math.Clamp(value, 0, 1));
    }
}
