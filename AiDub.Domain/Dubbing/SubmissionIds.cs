namespace AiDub.Domain.Dubbing;

/// <summary>The ids that a submission's dubs are made under, chosen before any of it is stored.</summary>
/// <param name="Requests">The dubs' ids, in the order of the languages that were asked for; at least one.</param>
/// <param name="Batch">The id of what several dubs share; null of one dub.</param>
public sealed record SubmissionIds(IReadOnlyList<Guid> Requests, Guid? Batch)
{
    /// <summary>New ids for <paramref name="count"/> dubs, 1 or more.</summary>
    public static SubmissionIds New(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new([.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())], count == 1 ? null : Guid.NewGuid());
    }
}
