using System.Globalization;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Storage.Schema;

/// <summary>Brings a record store to the version of this program. Any number may do it at once, and beside running services.</summary>
public sealed class SchemaMigration(IRecordSchema schema, TimeProvider clock)
{
    /// <summary>Makes the indexes that are missing, one after the other, and then notes the version.</summary>
    /// <param name="say">Told what is done, a line each.</param>
    /// <param name="ct">Ends the work; a repetition goes on from there.</param>
    /// <returns>Whether all of them are there now.</returns>
    /// <exception cref="StartRefusedException">The records are of a version that this program cannot read.</exception>
    public async Task<bool> RunAsync(Action<string> say, CancellationToken ct)
    {
        var version = await schema.VersionAsync(ct);
        SchemaVersion.ThrowIfUnreadable(version);
        var missing = await schema.FindMissingAsync(ct);
        var failed = 0;
        foreach (var index in missing)
        {
            say($"The index {index} is missing and is being made; until it is there, what needs it takes longer.");
            var started = clock.GetTimestamp();
            try
            {
                await schema.CreateAsync(index, ct);
                say(string.Create(CultureInfo.InvariantCulture, $"The index {index} was made in "
                    + $"{clock.GetElapsedTime(started).TotalSeconds:0.0} s."));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed++;
                say($"The index {index} could not be made: {e.Message}");
            }
        }
        if (failed == 0)
            await schema.NoteVersionAsync(ct);
        say(failed > 0 ? $"{failed} indexes are still missing."
            : version >= SchemaVersion.Current
                && missing.Count == 0 ? $"The records are of version {version}, with every index; there is nothing to do."
            : $"The records are of version {Math.Max(version, SchemaVersion.Current)} now, with every index.");
        return failed == 0;
    }
}
