using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media;

public sealed class MainPictureTests
{
    private static readonly ProbedStream Film = new()
    {
        Index = 1,
        Type = "video",
        CodecName = "h264",
        Width = 1920,
        Height = 1080,
        AverageFrameRate = "25/1",
        Frames = "1500",
        Duration = "60.0",
    };

    private static IEnumerable<TestCaseData> Firsts()
    {
        yield return Case(
            Film with { CodecName = "mjpeg", Frames = "1", AverageFrameRate = "0/0", Duration = "0.04" }, "a cover without its flag");
        yield return Case(Film with { CodecName = "png" }, "a picture of a still format");
        yield return Case(Film with { CodecName = "mjpeg", Width = 320, Height = 180 }, "a small preview that moves");
        yield return Case(Film with { Width = 640, Height = 360 }, "a small picture of the same codec");
        yield return Case(Film with { Frames = null, AverageFrameRate = "1/10" }, "slides");
        yield return Case(Film with { Duration = "3.0", Frames = "75" }, "a short trailer");
        yield return Case(
            Film with { Duration = null, Frames = null, Tags = new Dictionary<string, string> { ["DURATION"] = "00:00:03.000000000" } },
            "a short one of Matroska");
        yield return Case(Film with { Disposition = new Dictionary<string, int> { ["still_image"] = 1 } }, "a still by its flag");
    }

    [TestCaseSource(nameof(Firsts))]
    public void The_film_is_the_main_picture_whatever_comes_first(object first) =>
        Assert.That(MainPicture.Of([(ProbedStream)first, Film])!.Index, Is.EqualTo(1));

    [Test]
    public void Of_two_films_the_default_one_is_meant_and_else_the_first()
    {
        var other = Film with { Index = 2 };

        Assert.That(MainPicture.Of([Film, other])!.Index, Is.EqualTo(1));
        Assert.That(
            MainPicture.Of([Film, other with { Disposition = new Dictionary<string, int> { ["default"] = 1 } }])!.Index, Is.EqualTo(2));
    }

    [Test]
    public void A_still_image_is_the_picture_when_there_is_no_other()
    {
        Assert.That(MainPicture.Of([Film with { CodecName = "png", Frames = "1" }])!.Index, Is.EqualTo(1));
        Assert.That(MainPicture.Of([]), Is.Null);
    }

    private static TestCaseData Case(ProbedStream first, string name) =>
        new TestCaseData(
            first with
            {
                Index = 0,
                Disposition = first.Disposition.Count > 0 ? first.Disposition : new Dictionary<string,
                int>
                { ["default"] = 1 }
            })
            .SetArgDisplayNames(name);
}
