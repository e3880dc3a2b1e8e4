using System.Net;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Models.Bringing;

/// <summary>Brings one file from a hub, goes on where it broke off, and puts it in its place when it is what it should be.</summary>
internal sealed class FileBringer(ModelHub hub, DiskRoom room, IOptions<ModelsOptions> options, TimeProvider clock)
{
    private const int BufferBytes = 1 << 17;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Brings it.</summary>
    /// <param name="from">The hub's address.</param>
    /// <param name="model">The model.</param>
    /// <param name="file">Its file.</param>
    /// <param name="place">Where it is to be.</param>
    /// <param name="expected">The SHA-256 that it must have; null when it is not known.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="ct">Ends it; what is here stays, to go on from.</param>
    /// <returns>What came.</returns>
    /// <exception cref="ModelException">It cannot be had, or is not what it should be.</exception>
    public async Task<LockedFile> BringAsync(
        Uri from, CatalogueModel model, CatalogueFile file, string place, string? expected, IBringProgress progress, CancellationToken ct)
    {
        await using var part = PartFile.Open(place);
        for (var failed = 0; ;)
        {
            var before = part.Length;
            try
            {
                return await TryAsync(from, model, file, part, expected, progress, ct);
            }
            catch (ModelException e) when (e.IsPassing)
            {
                failed = part.Length > before ? 1 : failed + 1;
                if (failed > options.Value.Retries)
                    throw;
                progress.Say($"{e.Message}; trying again ...");
                var pause = TimeSpan.FromSeconds(Math.Pow(2, failed - 1));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, ct);
            }
        }
    }

    private async Task<LockedFile> TryAsync(
        Uri from, CatalogueModel model, CatalogueFile file, PartFile part, string? expected, IBringProgress progress, CancellationToken ct)
    {
        // Bytes of which nobody noted what they are of are worth nothing.
        var tag = await part.TagOfAsync(expected, ct);
        if (tag is null)
            part.Clear();
        using var answer = await hub.OpenAsync(from, model, file.Path, part.Length, tag is "" ? null : tag, ct);
        var (sha, total) = await AgreeAsync(answer.File, file, part, expected, ct);
        var version = sha ?? answer.File.GitHash!;
        if (!await TakesOnAsync(answer, part, version, total, ct))
            throw new ModelException($"{from.Host} gave other bytes than were asked for") { IsPassing = true };
        if (await IsThereAsync(part.Place, sha, ct) is { } there)
        {
            part.Clear();
            return new LockedFile(there, new FileInfo(part.Place).Length, Origin(model));
        }
        room.Need(part.Place, total - part.Length, file.Local);
        var isJoined = part.Length > 0;
        await part.RehashAsync(ct);
        if (answer.Status != HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            await part.NoteAsync(version, answer.Tag ?? "", ct);
            await ReadAsync(answer, part, file.Local, total, progress, ct);
        }
        await CheckAsync(part, file, sha, answer.File.GitHash, total, isJoined, ct);
        return new LockedFile(part.Hash(), part.Length, Origin(model));
    }

    /// <summary>Where a model of a hub comes from, as the lock file has it.</summary>
    public static string Origin(CatalogueModel model) => $"{model.Repository}@{model.Revision}";

    // What the file must be, as all who know of it say.
    private static async Task<(string? Sha, long Total)> AgreeAsync(
        HubFile said, CatalogueFile file, PartFile part, string? expected, CancellationToken ct)
    {
        if (expected is not null && said.Sha256 is not null && !string.Equals(expected, said.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelException(
                $"{file.Local} is another file at the hub than it was: its SHA-256 is {said.Sha256}, and {expected} is wanted. "
                    + "If it was replaced for a good reason, 'models get … --renew' takes the new one");
        }
        if ((expected ?? said.Sha256 ?? said.GitHash) is null)
            throw new ModelException($"the hub does not say what {file.Local} is, so nobody could tell whether it came unharmed");
        var total = said.Bytes ?? file.Bytes ?? throw new ModelException($"the hub does not say how large {file.Local} is");
        // What was begun may have been of another version.
        if (part.Length > 0 && await part.TagOfAsync(expected ?? said.Sha256 ?? said.GitHash, ct) is null)
            part.Clear();
        return (expected ?? said.Sha256, total);
    }

    // Whether what comes can be joined to what is here; what cannot is thrown away.
    private static async Task<bool> TakesOnAsync(HubAnswer answer, PartFile part, string version, long total, CancellationToken ct)
    {
        var fits = answer.Status switch
        {
            HttpStatusCode.RequestedRangeNotSatisfiable => part.Length == total,
            HttpStatusCode.PartialContent => answer.From == part.Length && await part.TagOfAsync(version, ct) is not null,
            _ => part.Length == 0,
        };
        if (!fits)
            part.Clear();
        return fits || answer.Status == HttpStatusCode.OK;
    }

    private static async Task<string?> IsThereAsync(string place, string? sha, CancellationToken ct) =>
        sha is not null && File.Exists(place) && await ModelFolder.HashAsync(place, ct) is var hash
            && string.Equals(hash, sha, StringComparison.OrdinalIgnoreCase) ? hash : null;

    private async Task ReadAsync(
        HubAnswer answer, PartFile part, string name, long total, IBringProgress progress, CancellationToken ct)
    {
        var patience = TimeSpan.FromSeconds(options.Value.SilenceSeconds);
        using var silence = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        var buffer = new byte[BufferBytes];
        await using var stream = await answer.ReadAsync(either.Token);
        while (part.Length <= total && await NextAsync() is > 0 and var read)
        {
            await part.AddAsync(buffer.AsMemory(0, read), ct);
            progress.Tell(name, part.Length, total);
            silence.CancelAfter(patience);
        }
        if (part.Length < total)
            throw new ModelException($"{name} broke off") { IsPassing = true };

        async Task<int> NextAsync()
        {
            try
            {
                return await stream.ReadAsync(buffer, either.Token);
            }
            catch (IOException e)
            {
                throw new ModelException($"{name} broke off", e) { IsPassing = true };
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw new ModelException($"{name} broke off: nothing came for {patience.TotalSeconds:0} s", e) { IsPassing = true };
            }
        }
    }

    // What was joined of two answers may be wrong where each was right; it is asked for once more, whole.
    private static async Task CheckAsync(
        PartFile part, CatalogueFile file, string? sha, string? git, long total, bool isJoined, CancellationToken ct)
    {
        var isRight = part.Length == total && (sha is not null
            ? string.Equals(part.Hash(), sha, StringComparison.OrdinalIgnoreCase)
            : await part.GitHashAsync(ct) == git);
        if (isRight)
        {
            part.Keep();
            return;
        }
        part.Clear();
        throw new ModelException($"what came is not {file.Local}: its size or hash differs. Nothing of it was kept")
        {
            IsPassing = isJoined,
        };
    }
}
