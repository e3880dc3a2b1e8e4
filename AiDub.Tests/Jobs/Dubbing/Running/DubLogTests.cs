using AiDub.Domain.Errors;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Dubbing.Running;

/// <summary>What an operator reads of a dub.</summary>
public sealed class DubLogTests
{
    private JobBench _bench = null!;

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        await _bench.AcceptAsync();
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task That_it_was_submitted_and_is_complete_in_what_time()
    {
        await _bench.Job(_bench.Steps()).RunAsync(_bench.Order.RequestId, default);

        var said = Said();
        Assert.That(said[0], Is.EqualTo($"Dub {_bench.Order.RequestId} was submitted, into es."));
        Assert.That(
            said[^1],
            Does.Match($@"^Dub {_bench.Order.RequestId} is complete \d+\.\d s after it was submitted, real-time factor \d+\.\d\d\.$"));
    }

    [Test]
    public void A_bad_file_of_its_user_s_is_one_line_without_a_stack()
    {
        var steps = _bench.Steps((_, _, _) =>
            throw new PermanentDubException(
                FailureCode.MediaInvalid, "The file is not a video.", new IOException("ffprobe: moov atom not found")));

        Assert.That(async () => await _bench.Job(steps).RunAsync(_bench.Order.RequestId, default), Throws.TypeOf<PermanentDubException>());

        var warned = _bench.Log.Entries.Where(e => e.Level >= LogLevel.Warning).ToList();
        Assert.That(
            warned.Select(e => e.Message),
            Is.EqualTo(new[] { $"Dub {_bench.Order.RequestId} failed: media_invalid: The file is not a video." }));
        Assert.That(warned.Single().Exception, Is.Null);
    }

    private IReadOnlyList<string> Said() => [.. _bench.Log.Entries.Where(e => e.Level == LogLevel.Information).Select(e => e.Message)];
}
