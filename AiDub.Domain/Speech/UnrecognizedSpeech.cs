namespace AiDub.Domain.Speech;

/// <summary>Finds speech of which no words were recognised.</summary>
public static class UnrecognizedSpeech
{
    // Words of a person may be timed a little off, and "er" is not written down.
    private const double Tolerance = 0.5;
    private const double Least = 1;

    /// <summary>The stretches of a second and more in which somebody speaks, half a second away from all segments, in order.</summary>
    /// <param name="speech">Where somebody speaks, in order.</param>
    /// <param name="segments">What was recognised, in order.</param>
    public static IReadOnlyList<AudioSpan> Of(IReadOnlyList<AudioSpan> speech, IReadOnlyList<Segment> segments)
    {
        var missing = new List<AudioSpan>();
        foreach (var span in speech)
        {
            var from = span.Start;
            foreach (var segment in segments.Where(s => s.End + Tolerance > span.Start && s.Start - Tolerance < span.End))
            {
                Add(from, segment.Start - Tolerance);
                from = Math.Max(from, segment.End + Tolerance);
            }
            Add(from, span.End);
        }
        return missing;

        void Add(double from, double to)
        {
            if (to - from >= Least)
                missing.Add(new AudioSpan(from, to));
        }
    }
}
