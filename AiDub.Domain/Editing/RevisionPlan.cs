namespace AiDub.Domain.Editing;

/// <summary>What a revision of a dub is made from: fixed when its rendering was asked for, whatever is edited meanwhile.</summary>
/// <param name="Base">The revision that was rendered last.</param>
/// <param name="Before">What that one had changed of the first dub.</param>
/// <param name="After">What this one changes of the first dub.</param>
public sealed record RevisionPlan(int Base, DubEdits Before, DubEdits After)
{
    /// <summary>Whether a segment's source text was edited and its translation not, so that it is to be translated anew.</summary>
    public bool IsTranslatedAnew(int index)
    {
        var (before, after) = (Before.Of(index), After.Of(index));
        return after is { Text: not null, Translation: null } && (after.Text != before.Text || before.Translation is not null);
    }

    /// <summary>Whether anything of a segment differs from what was rendered last.</summary>
    public bool IsChanged(int index) => Before.Of(index) != After.Of(index);
}
