using AiDub.Domain.Media;
using AiDub.Jobs.Dubbing.Steps.Rendering;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Rendering;

public sealed class RenderFallbackTests
{
    private static readonly SourceMedia Phone = new()
    {
        Container = Container.Mov,
        DurationSeconds = 3,
        Video = new VideoStream(0, "h264", 0.04),
        Audio = new AudioStream(1, "aac", 2),
        CarriedStreams = [2],
    };

    [Test]
    public void A_source_is_written_whole_then_without_further_streams_then_in_Matroska() => Assert.That(
        RenderFallback.Ways(Phone).Select(way => (way.Media.Container, way.Media.CarriedStreams.Count, way.Warning?.Value)),
        Is.EqualTo(
            new (Container, int, string?)[] { (Container.Mov, 1, null), (Container.Mov, 0, "streams_dropped"),
                (Container.Mkv, 0, "container_changed") }));

    [Test]
    public void Matroska_with_nothing_further_has_no_other_way() =>
        Assert.That(RenderFallback.Ways(Phone with { Container = Container.Mkv, CarriedStreams = [] }).Count(), Is.EqualTo(1));

    [Test]
    public void Sound_alone_stays_a_sound_file() =>
        Assert.That(
            RenderFallback.Ways(Phone with { Container = Container.M4a, Video = null, CarriedStreams = [] }).Count(), Is.EqualTo(1));
}
