namespace AiDub.Domain.Sound;

/// <summary>The first of two passes over a source: measures what the mix will be made of and finds how loud the voice must be.</summary>
/// <param name="sampleRate">In Hz; a multiple of 10.</param>
/// <param name="channels">1 or 2.</param>
/// <param name="envelope">How the source is lowered.</param>
public sealed class MixAnalyzer(int sampleRate, int channels, GainEnvelope envelope)
{
    private readonly LoudnessMeter _source = new(sampleRate, channels);
    private readonly LoudnessMeter _background = new(sampleRate, channels);
    private readonly LoudnessMeter _voice = new(sampleRate, 1);
    private float[] _gains = [];
    private float[] _lowered = [];
    private long _frame;

    /// <summary>Integrated loudness of the source in LUFS; null when it is silent.</summary>
    public double? SourceLufs => _source.Integrated;

    /// <summary>Takes frames of the source, interleaved, and as many samples of the voice.</summary>
    public void Add(ReadOnlySpan<float> source, ReadOnlySpan<float> voice)
    {
        if (_gains.Length < voice.Length)
            (_gains, _lowered) = (new float[voice.Length], new float[voice.Length * channels]);
        var gains = _gains.AsSpan(0, voice.Length);
        var lowered = _lowered.AsSpan(0, source.Length);
        envelope.Fill(_frame, gains);
        for (var i = 0; i < source.Length; i++)
            lowered[i] = source[i] * gains[i / channels];
        _source.Add(source);
        _background.Add(lowered);
        _voice.Add(voice);
        _frame += voice.Length;
    }

    /// <summary>The gain of the voice with which the mix is as loud as the source.</summary>
    /// <param name="spoken">Where the original speaks.</param>
    /// <param name="dubbed">Where the voice speaks.</param>
    /// <param name="liftLu">How much louder than the source to aim, in LU: what a mix of the same parts fell short by.</param>
    public double VoiceGain(IReadOnlyList<Interval> spoken, IReadOnlyList<Interval> dubbed, double liftLu = 0)
    {
        // The voice sounds the same in every channel, and powers are summed over them.
        var voice = _voice.SlotPowers.ToArray();
        for (var i = 0; i < voice.Length; i++)
            voice[i] *= channels;
        return VoiceLevel.Solve(_source.SlotPowers, _background.SlotPowers, voice, Slots(spoken, voice.Length), Slots(dubbed, voice.Length), liftLu);
    }

    private static bool[] Slots(IReadOnlyList<Interval> intervals, int count)
    {
        var slots = new bool[count];
        foreach (var (start, end) in intervals)
        {
            var first = Math.Clamp((int)Math.Round(start / Loudness.SlotSeconds), 0, count);
            var last = Math.Clamp((int)Math.Round(end / Loudness.SlotSeconds), 0, count);
            slots.AsSpan(first, Math.Max(0, last - first)).Fill(true);
        }
        return slots;
    }
}
