namespace AiDub.Jobs.Media.Boxes;

/// <summary>
/// Whether an MP4 or QuickTime file has parts shown slower or faster than they were recorded, or standing still, by the rates of its edit
/// lists (ISO/IEC 14496-12, 8.6.6): demuxers show what was recorded at its own speed for as long as the list says.
/// </summary>
internal static class ShownSpeeds
{
    // Where nothing is faster, whoever wrote it does not know the field.
    private const double LeastRate = 0.01;

    // Nobody sees or hears less; writers round what they divide.
    private const double Rounding = 0.001;

    /// <summary>Looks at a file; no other kind has any.</summary>
    public static async Task<bool> AreStatedAsync(string path, CancellationToken ct) =>
        await BoxFile.IndexAsync(path, ct) is { } index && AreStated(index.Moov);

    /// <summary>Looks at an index; pure.</summary>
    public static bool AreStated(ReadOnlySpan<byte> moov)
    {
        if (Box.In(moov, 0, moov.Length) is not [{ Name: "moov" } root, ..])
            return false;
        foreach (var trak in root.Inside(moov).Where(b => b.Name == "trak"))
        {
            var shown = Edit.In(moov, trak).Where(edit => edit.From >= 0).ToList();
            if (shown.Any(edit => edit.Rate >= LeastRate) && shown.Any(edit => Math.Abs(edit.Rate - 1) > Rounding))
                return true;
        }
        return false;
    }
}
