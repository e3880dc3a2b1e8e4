using AiDub.Domain.Speech;

namespace AiDub.Domain.Audio;

/// <summary>Where the original speaks what the dub says in its stead: there it is lowered.</summary>
public static class OriginalSpeech
{
    /// <summary>The segments, and where it is known all of the speech around their words. They may overlap.</summary>
    /// <remarks>Speech of which no words were recognised is not lowered: nothing takes its place.</remarks>
    public static IReadOnlyList<AudioSpan> Of(Transcript transcript)
    {
        var segments = transcript.Segments.Where(s => !s.IsOnlySound).ToList();
        var intervals = segments.Select(s => new AudioSpan(s.Start, s.End)).ToList();
        if (transcript.Speech is not { } speech)
            return intervals;
        var missing = UnrecognizedSpeech.Of(speech, segments);
        foreach (var span in speech)
        {
            var from = span.Start;
            foreach (var gap in missing.Where(m => m.Start >= span.Start && m.End <= span.End))
            {
                Add(from, gap.Start);
                from = gap.End;
            }
            Add(from, span.End);
        }
        return intervals;

        void Add(double from, double to)
        {
            if (to > from)
                intervals.Add(new AudioSpan(from, to));
        }
    }
}
