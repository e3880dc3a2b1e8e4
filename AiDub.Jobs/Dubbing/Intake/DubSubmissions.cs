using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing.Intake;

/// <summary>Takes in the dubs of a request with the texts that were sent with it: all of it, or nothing.</summary>
public sealed class DubSubmissions(DubIntake intake, IObjectStore objects, Scratch scratch, ILogger<DubSubmissions> log)
{
    /// <summary>Stores the texts, then accepts the orders; when that fails, the texts are removed again.</summary>
    /// <param name="orders">One order, or those of a batch, the one that leads first.</param>
    /// <param name="texts">What was sent inline, by the key that the orders refer to it by.</param>
    /// <param name="most">How many dubs of the user may run or wait; null: any number.</param>
    /// <param name="ct">Ends the wait; nothing is left behind.</param>
    /// <returns>False, with nothing left behind, when there would be more.</returns>
    public async Task<bool> AcceptAsync(
        IReadOnlyList<DubOrder> orders, IReadOnlyDictionary<string, string> texts, int? most, CancellationToken ct)
    {
        try
        {
            await StoreAsync(texts, ct);
            if (await intake.AcceptAsync(orders, most, ct))
                return true;
            await ForgetAsync([.. texts.Keys]);
            return false;
        }
        catch
        {
            await ForgetAsync([.. texts.Keys]);
            throw;
        }
    }

    /// <summary>Stores texts by their keys.</summary>
    public async Task StoreAsync(IReadOnlyDictionary<string, string> texts, CancellationToken ct)
    {
        if (texts.Count == 0)
            return;
        using var folder = scratch.Create();
        var artifacts = new DubArtifacts(objects, folder.Path);
        foreach (var (key, text) in texts)
            await artifacts.WriteTextAsync(key, text, "text/plain; charset=utf-8", ct);
    }

    private async Task ForgetAsync(IReadOnlyList<string> keys)
    {
        try
        {
            await objects.DeleteAsync(keys, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogNotDone(e, "The texts of a request that was not accepted could not be removed.");
        }
    }
}
