namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Tells formats by what a file begins with, and has it read.</summary>
internal static class SubtitleFormat
{
    /// <summary>The subtitles in the order of the file.</summary>
    /// <exception cref="SubtitleFormatException">There is none, but something that is none.</exception>
    public static List<RawCue> Read(string text, RepairLog repairs, CancellationToken ct)
    {
        OtherFormat.Refuse(text);
        var isSami = SamiReader.Reads(text);
        if (!isSami && TimedXmlReader.Reads(text))
            return TimedXmlReader.Read(text, repairs, ct);
        // Told by an element anywhere in its head.
        if (!isSami && TtmlReader.Reads(text))
            return TtmlReader.Read(text, repairs, ct);
        if (!isSami && TimedJsonReader.Reads(text))
            return TimedJsonReader.Read(text, repairs, ct);
        SubtitleParser.RequireLength(text, SubtitleParser.MaxWrittenLength);
        if (isSami)
            return SamiReader.Read(text, repairs, ct);
        var lines = TextLine.Of(text, repairs, ct);
        var first = lines.Find(l => !l.IsBlank).Text ?? "";
        if (AssReader.Reads(first))
            return AssReader.Read(lines, repairs, ct);
        if (MicroDvdReader.Reads(first))
            return MicroDvdReader.Read(lines, repairs, ct);
        if (Mpl2Reader.Reads(first))
            return Mpl2Reader.Read(lines, repairs, ct);
        return LyricsReader.Reads(lines) ? LyricsReader.Read(lines, repairs, ct) : BlockReader.Read(lines, repairs, ct);
    }
}
