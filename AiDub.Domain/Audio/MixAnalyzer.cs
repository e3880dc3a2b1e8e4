using AiDub.Domain.Speech;

namespace AiDub.Domain.Audio;

/// <summary>
/// The first of two passes over a source: measures what the mix will be made of, finds how to make room for the voice and how loud it must
/// be.
/// </summary>
public sealed class MixAnalyzer
{
    private readonly int _channels;
    private readonly LoweringPlan _plan;
    private readonly LoudnessMeter _source;
    private readonly LoudnessMeter _voice;
    private readonly Background _whole;
    private readonly Background? _withoutCentre;
    private readonly Background? _withoutVoice;
    private readonly CentreMeter? _centre;

    /// <summary>An analyzer.</summary>
    /// <param name="sampleRate">In Hz; a multiple of 10.</param>
    /// <param name="channels">1 or 2.</param>
    /// <param name="plan">How the source can be lowered.</param>
    /// <param name="hasBackground">Whether its background is known: that takes the place of its voices then.</param>
    public MixAnalyzer(int sampleRate, int channels, LoweringPlan plan, bool hasBackground = false)
    {
        (_channels, _plan) = (channels, plan);
        (_source, _voice) = (new LoudnessMeter(sampleRate, channels), new LoudnessMeter(sampleRate, 1));
        _whole = new Background(plan.Whole(), new LoudnessMeter(sampleRate, channels));
        if (hasBackground)
            _withoutVoice = new Background(plan.WithoutVoice(), new LoudnessMeter(sampleRate, channels));
        else if (plan.HasCentre)
            (_centre, _withoutCentre) = (
                new CentreMeter(sampleRate), new Background(plan.WithoutCentre(), new LoudnessMeter(sampleRate, channels)));
    }

    /// <summary>Integrated loudness of the source in LUFS; null when it is silent.</summary>
    public double? SourceLufs => _source.Integrated;

    /// <summary>Where the source's voice stands; null for one channel, or when it cannot be told.</summary>
    public CentredVoice? Centre => _centre is null
        ? null
        : CentredVoice.Measure(_centre.Middle, _centre.Side, Slots(_plan.Spoken, _centre.Middle.Length));

    /// <summary>Whether the voice is to be taken out of the middle.</summary>
    public bool TakesOutCentre => _plan.Helps(Centre);

    /// <summary>The original as the mix needs it, from its first frame.</summary>
    public LoweredOriginal Lowered() =>
        _withoutVoice is not null ? _plan.WithoutVoice() : TakesOutCentre ? _plan.WithoutCentre() : _plan.Whole();

    /// <summary>Takes frames of the source, interleaved, as many samples of the voice, and of the background where it is known.</summary>
    public void Add(ReadOnlySpan<float> source, ReadOnlySpan<float> voice, ReadOnlySpan<float> background = default)
    {
        _source.Add(source);
        _voice.Add(voice);
        _whole.Add(source);
        _withoutVoice?.Add(source, background);
        _withoutCentre?.Add(source);
        _centre?.Add(source);
    }

    /// <summary>The gain of the voice with which the mix is as loud as the source.</summary>
    /// <param name="liftLu">How much louder than the source to aim, in LU: what a mix of the same parts fell short by.</param>
    public double VoiceGain(double liftLu = 0)
    {
        // The voice sounds the same in every channel, and powers are summed over them.
        var voice = _voice.SlotPowers.ToArray();
        for (var i = 0; i < voice.Length; i++)
            voice[i] *= _channels;
        var background = _withoutVoice ?? (TakesOutCentre ? _withoutCentre! : _whole);
        var (spoken, dubbed) = (Slots(_plan.Spoken, voice.Length), Slots(_plan.Dubbed, voice.Length));
        return VoiceLevel.Solve(_source.SlotPowers, background.Meter.SlotPowers, voice, spoken, dubbed, liftLu);
    }

    private static bool[] Slots(IReadOnlyList<AudioSpan> intervals, int count)
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

    /// <summary>A source as lowered, measured.</summary>
    private sealed record Background(LoweredOriginal Lowered, LoudnessMeter Meter)
    {
        private float[] _samples = [];

        public void Add(ReadOnlySpan<float> source, ReadOnlySpan<float> background = default)
        {
            if (_samples.Length < source.Length)
                _samples = new float[source.Length];
            var samples = _samples.AsSpan(0, source.Length);
            source.CopyTo(samples);
            Lowered.Process(samples, background);
            Meter.Add(samples);
        }
    }
}
