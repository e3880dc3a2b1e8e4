using AiDub.Domain.Editing;

namespace AiDub.Api.Views;

/// <summary>The segments of the dub that the examples of the contract are about.</summary>
internal static class ExampleSegments
{
    /// <summary>One that was edited and not rendered.</summary>
    public static EditableSegment One => new()
    {
        Index = 0,
        Start = 1.5,
        End = 4.25,
        Text = "Good morning and welcome.",
        Translation = "Buenos días y bienvenidos.",
        Speaker = "S1",
        Voice = "es+f2",
        DubStart = 1.5,
        DubEnd = 3.9,
        Tempo = 1.08,
        Changed = true,
    };

    /// <summary>All of them.</summary>
    public static SegmentsAnswer All => new()
    {
        RequestId = ExampleDub.Id,
        Revision = 1,
        RenderedRevision = 0,
        FromLang = "en",
        ToLang = "es",
        DurationSeconds = 42.5,
        EditableUntil = new DateTimeOffset(2026, 1, 3, 3, 4, 45, TimeSpan.Zero),
        Voices = ["es", "es+f2"],
        Segments = [One],
    };
}
