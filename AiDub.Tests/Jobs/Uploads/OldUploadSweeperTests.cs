using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Uploads;
using AiDub.Tests.Jobs.Dubbing;
using AiDub.Tests.Jobs.Storage.S3;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AiDub.Tests.Jobs.Uploads;

/// <summary>Old uploads go, in both object stores, unless a dub needs them.</summary>
public sealed class OldUploadSweeperTests
{
    private static readonly Uri Base = new("http://127.0.0.1:5080");

    private readonly FakeTimeProvider _clock = Samples.Clock();

    [Test]
    public async Task Old_uploads_in_a_folder_are_removed_but_those_that_a_dub_needs()
    {
        using var bench = new JobBench();
        await SweepsAsync(bench, bench.Objects);
    }

    [Test]
    public async Task Old_uploads_in_a_bucket_are_removed_but_those_that_a_dub_needs()
    {
        await using var server = await S3Server.StartAsync();
        using var objects = new S3Bench(server.Options(), new ObjectOptions());
        using var bench = new JobBench();
        await SweepsAsync(bench, objects.Store);
    }

    [TestCase("uploads/2026-01-02/x", "2026-01-03T00:00:00Z")]
    [TestCase("uploads/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90", null)]
    [TestCase("work/2026-01-02/x", null)]
    public void The_key_of_an_upload_says_its_day(string key, string? end) =>
        Assert.That(ObjectKeys.UploadDayEnd(key), Is.EqualTo(end is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(end)));

    private async Task SweepsAsync(JobBench bench, IObjectStore objects)
    {
        var now = _clock.GetUtcNow();
        var keys = new List<string>();
        foreach (var days in (int[])[0, 7, 8, 8, 8, 8])
            keys.Add(await UploadAsync(objects, now.AddDays(-days)));
        // One is the source of a dub that waits, and one of a dub that failed and is kept for a retry.
        bench.Order = bench.Order with { SourceVideoUrl = (await objects.AddressAsync(keys[3], Base, default)).AbsoluteUri };
        await bench.AcceptAsync();
        var text = new TextPlace.Linked((await objects.AddressAsync(keys[4], Base, default)).AbsoluteUri);
        bench.Order = Samples.Order() with { Transcript = text };
        await bench.AcceptAsync();
        var claimed = (await bench.Progress.ClaimAsync(bench.Order.RequestId, now, now, default))!;
        await bench.Progress.SaveAsync(
            claimed.Apply(new DubTransition.Fail(FailureCode.Of("x"), "X.", now.AddDays(9)) { KeptUntil = now.AddDays(1) }, now), default);

        // One that was given up needs its source no more, though its document stays for days.
        var given = (await objects.AddressAsync(keys[5], Base, default)).AbsoluteUri;
        bench.Order = Samples.Order(Guid.NewGuid()) with { SourceVideoUrl = given };
        await bench.AcceptAsync();
        var dub = await bench.FindAsync();
        await bench.Progress.SaveAsync(dub.Apply(new DubTransition.Cancel(now.AddDays(9)), now), default);

        using var sweeper = new OldUploadSweeper(
            bench.Progress,
            objects,
            bench.HousekeepingLease(_clock),
            Options.Create(new UploadOptions()),
            _clock,
            NullLogger<OldUploadSweeper>.Instance);
        await sweeper.SweepAsync(default);

        var left = await objects.ListAsync(ObjectKeys.Uploads, default);
        Assert.That(left, Is.SupersetOf(keys.Except([keys[2], keys[5]])).And.Not.Contains(keys[2]).And.Not.Contains(keys[5]));
        foreach (var key in keys)
            await objects.DeleteAsync(key, default);
    }

    private static async Task<string> UploadAsync(IObjectStore objects, DateTimeOffset at)
    {
        var key = ObjectKeys.Upload(at, 51, Guid.NewGuid());
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "video");
        await objects.PutAsync(key, path, "application/octet-stream", default);
        return key;
    }
}
