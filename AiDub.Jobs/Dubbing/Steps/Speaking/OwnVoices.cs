using System.Collections.Concurrent;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Attempts;

namespace AiDub.Jobs.Dubbing.Steps.Speaking;

/// <summary>A voice to speak in, and the recording that it was made of.</summary>
internal sealed record OwnVoice(string Name, string Sample);

/// <summary>The voices of speakers who are to speak in their own, each made when its speaker first speaks.</summary>
internal sealed class OwnVoices(
    DubContext context, ISynthesizer synthesizer, VoiceSamples samples, SpeakerMap speakers, IReadOnlyList<Segment> segments)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<OwnVoice?>>> _made = [];

    /// <summary>The voice of a speaker; null when it is not to be their own, or cannot be, which is warned of.</summary>
    public async Task<OwnVoice?> OfAsync(string speaker, CancellationToken ct)
    {
        var wants = speakers.Speakers.FirstOrDefault(s => s.Id == speaker) is { } known
            && VoiceChoices.For(known, context.Order.Voices) == VoiceChoices.Clone;
        return wants ? await _made.GetOrAdd(speaker, id => new Lazy<Task<OwnVoice?>>(() => MakeAsync(id, ct))).Value : null;
    }

    private async Task<OwnVoice?> MakeAsync(string speaker, CancellationToken ct)
    {
        if (!synthesizer.ClonesVoices)
            return Warn($"{synthesizer.Name} cannot speak in a speaker's own voice; others do.");
        if (await samples.OfAsync(context, speaker, segments, speakers, ct) is not { } sample)
            return Warn($"There is too little of {speaker} alone to make a voice of; another speaks.");
        try
        {
            var ledger = context.Ledger(synthesizer.Name);
            return new OwnVoice(await synthesizer.CloneAsync(new VoiceSample(context.RequestId, speaker, sample), ledger, ct), sample);
        }
        catch (PermanentDubException e)
        {
            return Warn($"{synthesizer.Name} made no voice of {speaker}: {e.Message}");
        }
    }

    private OwnVoice? Warn(string why)
    {
        lock (_made)
            context.Warn(WarningCode.VoiceNotCloned, why);
        return null;
    }
}
