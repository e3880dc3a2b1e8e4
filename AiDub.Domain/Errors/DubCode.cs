namespace AiDub.Domain.Errors;

/// <summary>A stable name for something that happens to dubs; two are the same when their names are.</summary>
public abstract record DubCode
{
    private protected DubCode(string value, CodeKind kind, string message) => (Value, Kind, Message) = (value, kind, message);

    /// <summary>The name on the wire and in stores, snake_case; it is never changed.</summary>
    public string Value { get; }

    /// <summary>What it is about.</summary>
    public CodeKind Kind { get; }

    /// <summary>What it means, for a person; whoever raises it may say it more closely.</summary>
    public string Message { get; }

    /// <inheritdoc />
    public virtual bool Equals(DubCode? other) => other is not null && other.EqualityContract == EqualityContract && other.Value == Value;

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name on the wire.</summary>
    public sealed override string ToString() => Value;
}
