using System.Collections;
using AiDub.Domain.Dubbing;

namespace AiDub.Jobs.Telemetry;

/// <summary>
/// What every log line of a dub carries: <c>request_id</c>, and <c>stage</c> and <c>attempt</c> as they are when the line is written.
/// </summary>
/// <param name="requestId">The dub.</param>
/// <param name="current">Its document as it now is; null while none is known.</param>
public sealed class DubLogScope(Guid requestId, Func<DubProgress?> current) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <inheritdoc />
    public int Count => 3;

    /// <inheritdoc />
    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("request_id", requestId),
        1 => new("stage", current()?.Stage.ToWire()),
        2 => new("attempt", current()?.Attempt),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>The scope of a dub whose document does not change.</summary>
    public static DubLogScope Of(DubProgress dub) => new(dub.RequestId, () => dub);

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}:{pair.Value}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
