using AiDub.Domain.Errors;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Dubbing.Running;

/// <summary>What an operator reads of a dub.</summary>
public sealed class DubLogTests : JobFixture
{
    [Test]
    public async Task That_it_was_submitted_and_is_complete_in_what_time()
    {
        await Bench.Job(Bench.Steps()).RunAsync(Bench.Order.RequestId, default);

        var said = Said();
        Assert.That(said[0], Is.EqualTo($"Dub {Bench.Order.RequestId} was submitted, into es."));
        Assert.That(
            said[^1],
            Does.Match($@"^Dub {Bench.Order.RequestId} is complete \d+\.\d s after it was submitted, real-time factor \d+\.\d\d\.$"));
    }

    [Test]
    public void A_bad_file_of_its_user_s_is_one_line_without_a_stack()
    {
        var steps = Bench.Steps((_, _, _) =>
            throw new PermanentDubException(
                FailureCode.MediaInvalid, "The file is not a video.", new IOException("ffprobe: moov atom not found")));

        Assert.That(async () => await Bench.Job(steps).RunAsync(Bench.Order.RequestId, default), Throws.TypeOf<PermanentDubException>());

        var warned = Bench.Log.Entries.Where(e => e.Level >= LogLevel.Warning).ToList();
        Assert.That(
            warned.Select(e => e.Message),
            Is.EqualTo(new[] { $"Dub {Bench.Order.RequestId} failed: media_invalid: The file is not a video." }));
        Assert.That(warned.Single().Exception, Is.Null);
    }

    private IReadOnlyList<string> Said() => [.. Bench.Log.Entries.Where(e => e.Level == LogLevel.Information).Select(e => e.Message)];
}
