using AiDub.Domain.Dubbing;
using AiDub.Domain.Timing;

namespace AiDub.Jobs.Dubbing.Steps.Fitting;

/// <summary>Says what of a dub is not spoken; pure.</summary>
internal static class LeftOutSpeech
{
    private const int MostReported = 100;
    private const int MostReportedLength = 200;
    private const int MostTold = 5;
    private const int MostToldLength = 80;

    /// <summary>The segments that a plan leaves out.</summary>
    public static IReadOnlyList<LeftOutSegment> Of(FitPlan plan, IReadOnlyList<SpokenLine> lines)
    {
        var texts = lines.ToDictionary(line => line.Text.Index, line => line.Text);
        return [.. plan.LeftOut.Select(i =>
            new LeftOutSegment(i.Index, i.Start, i.End, texts[i.Index].Text) { Caption = texts[i.Index].Caption })];
    }

    /// <summary>The first hundred, shortened, for the report.</summary>
    public static IReadOnlyList<LeftOutSegment> Reported(IReadOnlyList<LeftOutSegment> all) =>
        [.. all.Take(MostReported).Select(s => s with { Text = Short(s.Text, MostReportedLength), Caption = null })];

    /// <summary>The text of the warning about them.</summary>
    public static string Told(IReadOnlyList<LeftOutSegment> all, int segments)
    {
        var told = string.Join(
            " ",
            all.Take(MostTold).Select(s => $"{TimeSpan.FromSeconds(s.Start):h\\:mm\\:ss} \u201c{Short(s.Text, MostToldLength)}\u201d"));
        var more = all.Count > MostTold ? $" and {all.Count - MostTold} more" : "";
        return $"{all.Count} of {segments} segments are not spoken, because there is no room for them even at twice the voice's rate: "
            + $"{told}{more}.";
    }

    // No character is cut in two.
    private static string Short(string text, int length) =>
        text.Length <= length ? text : $"{text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)]}\u2026";
}
