namespace AiDub.Domain.Dubbing;

/// <summary>Where a text lies that the user gave with an order.</summary>
public abstract record TextPlace
{
    private TextPlace()
    {
    }

    /// <summary>As one string, for records: the key of what is stored, or the address as it was sent.</summary>
    public abstract string Recorded { get; }

    /// <summary>The place that a record tells of; null of null.</summary>
    public static TextPlace? Of(string? recorded) => recorded switch
    {
        null => null,
        // Only what has a scheme or begins with www. is taken for an address when it is sent; no key does.
        _ when recorded.StartsWith(ObjectKeys.AllWork, StringComparison.Ordinal) => new Stored(recorded),
        _ => new Linked(recorded),
    };

    /// <summary>It was sent with the request, and is stored with what the dub is made of.</summary>
    /// <param name="Key"><see cref="ObjectKeys.GivenTranscript"/> or <see cref="ObjectKeys.GivenTranslation"/>.</param>
    public sealed record Stored(string Key) : TextPlace
    {
        /// <inheritdoc />
        public override string Recorded => Key;
    }

    /// <summary>It is fetched from an address, or was uploaded before.</summary>
    /// <param name="Address">As it was sent.</param>
    public sealed record Linked(string Address) : TextPlace
    {
        /// <inheritdoc />
        public override string Recorded => Address;
    }
}
