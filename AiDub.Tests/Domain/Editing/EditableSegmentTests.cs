using AiDub.Domain.Editing;

namespace AiDub.Tests.Domain.Editing;

public sealed class EditableSegmentTests
{
    private static readonly EditableSegment Segment = new()
    {
        Index = 0,
        Start = 1,
        End = 2,
        Text = "Hello.",
        Translation = "Hola.",
        Changed = false,
    };

    [Test]
    public void What_is_asked_for_as_it_is_changes_nothing()
    {
        var change = new SegmentEdit(0) { Text = "Hello.", Translation = "Hola.", Start = 1, End = 2 };

        Assert.That(Segment.Reduce(change, new SegmentEdit(0)), Is.EqualTo(new SegmentEdit(0)));
    }

    [Test]
    public void The_old_translation_of_a_new_text_is_kept_when_it_is_asked_for()
    {
        var change = new SegmentEdit(0) { Text = "Good day.", Translation = "Hola." };

        Assert.That(Segment.Reduce(change, new SegmentEdit(0)), Is.EqualTo(change));
    }

    [Test]
    public void The_old_translation_of_a_text_that_is_to_be_translated_is_kept_when_it_is_asked_for()
    {
        var rewritten = Segment with { Text = "Good day.", Changed = true };
        var change = new SegmentEdit(0) { Translation = "Hola." };

        Assert.That(rewritten.Reduce(change, new SegmentEdit(0) { Text = "Good day." }), Is.EqualTo(change));
    }
}
