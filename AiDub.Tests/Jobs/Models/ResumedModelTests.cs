using AiDub.Jobs.Models;

namespace AiDub.Tests.Jobs.Models;

/// <summary>A download goes on where it broke off, and no bytes of two versions are joined.</summary>
public sealed class ResumedModelTests : ModelBench
{
    [Test]
    public async Task What_breaks_off_goes_on_where_it_was()
    {
        Hub.BreakAfter(100_000);
        Hub.BreakAfter(50_000);

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(Hub.Store.Sent(1, "range"), Is.EqualTo("bytes=100000-"));
        Assert.That(Hub.Store.Sent(1, "if-range"), Is.EqualTo("\"v1\""));
        Assert.That(Hub.Store.Sent(2, "range"), Is.EqualTo("bytes=150000-"));
    }

    [Test]
    public async Task What_was_stopped_goes_on_in_another_process()
    {
        using var stop = new CancellationTokenSource();
        Progress.OnTold = have => _ = have >= 100_000 ? stop.CancelAsync() : Task.CompletedTask;
        Assert.That(() => GetAsync(ct: stop.Token), Throws.InstanceOf<OperationCanceledException>());
        var here = new FileInfo(Place + ".part").Length;

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(here, Is.InRange(100_000, Hub.Content.Length - 1));
        Assert.That(Hub.Store.Sent(1, "range"), Is.EqualTo($"bytes={here}-"));
    }

    [Test]
    public async Task A_store_that_gives_no_parts_is_read_from_the_start()
    {
        Hub.KnowsRanges = false;
        Hub.BreakAfter(100_000);

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
    }

    [Test]
    public void A_store_that_always_breaks_off_at_the_same_place_is_left_alone_in_the_end()
    {
        (Hub.KnowsRanges, Options.Retries) = (false, 2);
        for (var i = 0; i < 10; i++)
            Hub.BreakAfter(100_000);

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("broke off"));
        Assert.That(Hub.Store.Accepted, Is.LessThan(6));
    }

    [Test]
    public async Task A_file_that_is_here_to_its_last_byte_is_put_in_its_place()
    {
        await File.WriteAllBytesAsync(Place + ".part", Hub.Content);
        await File.WriteAllLinesAsync(Place + ".part.note", [Hub.Hash, "\"v1\""]);

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(Hub.Store.Sent(0, "range"), Is.EqualTo($"bytes={Hub.Content.Length}-"));
    }

    [Test]
    public async Task What_is_longer_than_the_file_is_thrown_away()
    {
        await File.WriteAllBytesAsync(Place + ".part", [.. Hub.Content, 1, 2, 3]);
        await File.WriteAllLinesAsync(Place + ".part.note", [Hub.Hash, "\"v1\""]);

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
    }

    [Test]
    public async Task A_part_of_another_version_is_thrown_away()
    {
        await File.WriteAllBytesAsync(Place + ".part", new byte[1000]);
        await File.WriteAllLinesAsync(Place + ".part.note", [new string('a', 64), "\"v0\""]);

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
    }

    [Test]
    public async Task A_part_that_was_damaged_here_is_found_out_and_brought_again()
    {
        await File.WriteAllBytesAsync(Place + ".part", new byte[1000]);
        await File.WriteAllLinesAsync(Place + ".part.note", [Hub.Hash, "\"v1\""]);

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(Hub.Store.Sent(0, "range"), Is.EqualTo("bytes=1000-"));
        Assert.That(Hub.Store.Sent(1, "range"), Is.Null);
    }

    [Test]
    public async Task A_store_that_stands_still_is_left_and_asked_for_the_rest()
    {
        Options.SilenceSeconds = 1;
        Hub.StandStillAfter(100_000);

        await GetAsync(clock: TimeProvider.System);

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(Progress.Lines, Has.Some.Contains("nothing came for 1 s"));
    }

    [Test]
    public async Task Two_do_not_bring_the_same_file_at_once()
    {
        Hub.StandStillAfter(100_000);
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        Progress.OnTold = _ => begun.TrySetResult();
        var first = GetAsync(ct: stop.Token);
        await begun.Task;

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("being brought already"));

        await stop.CancelAsync();
        Assert.That(() => first, Throws.InstanceOf<OperationCanceledException>());
    }
}
