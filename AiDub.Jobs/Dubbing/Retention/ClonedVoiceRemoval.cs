using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Engines;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>Removes the voices that engines made of a dub's speakers.</summary>
public sealed class ClonedVoiceRemoval(Synthesizers synthesizers, ILogger<ClonedVoiceRemoval> log)
{
    /// <summary>Removes those of a dub, if it asked for any; repeating it does no harm.</summary>
    /// <exception cref="TransientDubException">An engine is out of order: it has to be tried again.</exception>
    public async Task RemoveAsync(DubOrder order, CancellationToken ct)
    {
        if (!VoiceChoices.AskClones(order.Voices))
            return;
        foreach (var engine in synthesizers.InOrder.Where(engine => engine.ClonesVoices))
        {
            try
            {
                await engine.RemoveClonesAsync(order.RequestId, ct);
            }
            catch (PermanentDubException e)
            {
                log.LogWarning(e, "{Engine} refused to remove the voices of dub {RequestId}.", engine.Name, order.RequestId);
            }
        }
    }
}
