using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Editing;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>What happens while an attempt is suspended.</summary>
public enum WhileAsleep
{
    /// <summary>Its lease ends, and another attempt finishes.</summary>
    AnotherFinishes,

    /// <summary>And the result is read.</summary>
    AnotherFinishesAndIsRead,

    /// <summary>And the result is edited and rendered again.</summary>
    AnotherFinishesAndIsRenderedAgain,

    /// <summary>And the result is deleted.</summary>
    AnotherFinishesAndIsDeleted,

    /// <summary>Another attempt fails for good, and its files are kept for a retry.</summary>
    AnotherFails,

    /// <summary>Another attempt finds that the source cannot be dubbed.</summary>
    AnotherFailsOfTheSource,

    /// <summary>Another attempt fails for good, and the retry finishes.</summary>
    AnotherFailsAndIsRetried,

    /// <summary>The dub is cancelled.</summary>
    Cancelled,

    /// <summary>The rendering is cancelled, and another is asked for that no attempt has begun yet.</summary>
    CancelledAndToBeRenderedAgain,

    /// <summary>The rendering is cancelled, and asked for once more as it was, which no attempt has begun yet.</summary>
    CancelledAndToBeRenderedAsItWas,

    /// <summary>The dub is deleted.</summary>
    Deleted,
}

/// <summary>One way to be suspended, tried at each write.</summary>
internal sealed class Nap(FencingBench bench, WhileAsleep meanwhile)
{
    private int _asked;

    public double EditableHours { get; init; } = 24;

    public bool IsRendering { get; init; }

    public bool IsBatch { get; init; }

    public bool IsKilledAfterwards { get; init; }

    public string? FailsAt { get; init; }

    public string FailsWith { get; init; } = "";

    /// <summary>Counts the writes of an attempt that nobody disturbs, then suspends one before each.</summary>
    /// <param name="every">Of how many writes one is tried.</param>
    public async Task TryEachAsync(int every = 1)
    {
        // Nothing is edited that is not kept to be.
        var needsEditing = IsRendering || meanwhile == WhileAsleep.AnotherFinishesAndIsRenderedAgain;
        bench.Settings.Retention.KeepEditableHours = needsEditing ? 24 : EditableHours;
        var orders = await PrepareAsync();
        await bench.Gate.SleepAsync(() => bench.RunAsync(orders[0].RequestId, FailsAt, FailsWith), holdAt: -1);
        var writes = bench.Gate.Writes.ToList();
        Assert.That(writes, Has.Count.GreaterThan(10));

        var wrong = new List<string>();
        for (var i = 0; i < writes.Count; i += every)
        {
            if (await TryAsync(i) is { } what)
                wrong.Add($"before write {i}, {writes[i]}: {what}");
        }
        await TestContext.Out.WriteLineAsync(
            $"{writes.Count} writes, suspended before {(writes.Count + every - 1) / every} of them, {wrong.Count} wrong");
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    private async Task<string?> TryAsync(int write)
    {
        var orders = await PrepareAsync();
        var ids = orders.Select(order => order.RequestId).ToArray();
        var owners = ids.Append(orders[0].SourceId).Distinct().ToArray();
        var sleeper = bench.Gate.SleepAsync(() => bench.RunAsync(ids[0], FailsAt, FailsWith), write, IsKilledAfterwards);
        if (await Task.WhenAny(bench.Gate.Held, sleeper) == sleeper)
            return "it was not reached";
        if (!await HappenAsync(ids))
        {
            // It was over already: the dub had its end before this write.
            bench.Gate.LetGo();
            await sleeper;
            return null;
        }
        var (before, keys) = (await bench.WhatCountsAsync(ids), await bench.KeysAsync(owners));

        bench.Gate.LetGo();
        await sleeper;

        if (meanwhile is WhileAsleep.CancelledAndToBeRenderedAgain or WhileAsleep.CancelledAndToBeRenderedAsItWas)
            return await MakesAsync(ids[0], _asked) ? null : "what was asked for is not made";
        var (after, left) = (await bench.WhatCountsAsync(ids), await bench.KeysAsync(owners));
        if (after != before)
            return Difference(before, after);
        if (IsKilledAfterwards || meanwhile == WhileAsleep.AnotherFails)
            return await LaterAsync(ids, owners);
        var isGone = meanwhile is WhileAsleep.Deleted or WhileAsleep.AnotherFinishesAndIsDeleted && !IsBatch;
        var more = isGone ? left : left.Except(keys);
        return more.Any() ? "left behind: " + string.Join(", ", more) : null;
    }

    private async Task<bool> MakesAsync(Guid dub, int revision)
    {
        await bench.RunAsync(dub);
        return await bench.StateAsync(dub) == DubState.Complete && (await bench.FindAsync(dub))?.Order.Revision == revision;
    }

    private async Task<DubOrder[]> PrepareAsync()
    {
        var ids = Enumerable.Range(0, IsBatch ? 2 : 1).Select(_ => Guid.NewGuid()).ToArray();
        var batch = IsBatch ? new DubBatch(Guid.NewGuid(), ids) : null;
        var orders = ids.Select(id =>
            Samples.Order(id) with { Batch = batch, Callback = new DubCallback("https://a.example/", "http://127.0.0.1/") }).ToArray();
        await bench.AcceptAsync(orders);
        if (IsRendering)
        {
            await bench.RunAsync(ids[0]);
            await bench.EditAsync(ids[0]);
        }
        return orders;
    }

    // False when it cannot happen any more.
    private async Task<bool> HappenAsync(Guid[] ids)
    {
        var dub = ids[0];
        bench.LetLeaseEnd();
        if (await bench.StateAsync(dub) != DubState.Running)
            return false;
        switch (meanwhile)
        {
            case WhileAsleep.CancelledAndToBeRenderedAgain or WhileAsleep.CancelledAndToBeRenderedAsItWas
                when !IsRendering || bench.Gate.Writes.Count == 1:
                return false; // Nothing is left that could be, or it has not begun and will be who makes it.
            case WhileAsleep.CancelledAndToBeRenderedAgain or WhileAsleep.CancelledAndToBeRenderedAsItWas:
                await bench.CancelAsync(dub);
                if (meanwhile == WhileAsleep.CancelledAndToBeRenderedAgain)
                    await bench.ChangeAsync(dub);
                _asked = ((RenderAnswer.Begun)await bench.RenderAsync(dub)).Revision;
                break;
            case WhileAsleep.Cancelled:
                await bench.CancelAsync(dub);
                await bench.SweepAsync();
                break;
            case WhileAsleep.Deleted:
                await bench.DeleteAsync(dub);
                await bench.SweepAsync();
                break;
            case WhileAsleep.AnotherFails or WhileAsleep.AnotherFailsOfTheSource or WhileAsleep.AnotherFailsAndIsRetried:
                await bench.RunAsync(dub, "render", meanwhile == WhileAsleep.AnotherFailsOfTheSource ? "media_invalid" : "engine_refused");
                if (await bench.StateAsync(dub) != DubState.Failed)
                    return false; // All its steps were done.
                if (meanwhile == WhileAsleep.AnotherFailsAndIsRetried)
                {
                    await bench.RetryAsync(dub);
                    await bench.RunAsync(dub);
                }
                break;
            default:
                await bench.RunAsync(dub);
                break;
        }
        foreach (var other in ids.Skip(1))
            await bench.RunAsync(other);
        if (meanwhile is WhileAsleep.AnotherFinishesAndIsRead)
            await bench.DeliverAsync(dub);
        if (meanwhile is WhileAsleep.AnotherFinishesAndIsDeleted)
            await bench.DeleteAsync(dub);
        if (meanwhile is WhileAsleep.AnotherFinishesAndIsRenderedAgain)
        {
            await bench.EditAsync(dub);
            await bench.RunAsync(dub);
        }
        var isDone =
            meanwhile is WhileAsleep.AnotherFinishes or WhileAsleep.AnotherFinishesAndIsRenderedAgain
                or WhileAsleep.AnotherFailsAndIsRetried;
        if (isDone)
            Assert.That(await bench.StateAsync(dub), Is.EqualTo(DubState.Complete));
        return true;
    }

    // What is kept for a retry goes with the rest once that is over. And what one stored last that was killed, of a deleted dub, before its
    // document does.
    private async Task<string?> LaterAsync(Guid[] ids, Guid[] owners)
    {
        if (meanwhile == WhileAsleep.AnotherFails && !IsBatch)
        {
            await bench.SweepAsync(TimeSpan.FromHours(25));
            return (await bench.KeysAsync(owners)).FirstOrDefault(key => key.StartsWith("work/", StringComparison.Ordinal)) is { } kept
                ? $"left behind: {kept}"
                : null;
        }
        if (meanwhile is not (WhileAsleep.Deleted or WhileAsleep.AnotherFinishesAndIsDeleted) || IsBatch)
            return null;
        await bench.SweepAsync();
        await bench.SweepAsync(TimeSpan.FromHours(bench.Settings.Retention.KeepUnreadHours - 0.4));
        var (left, state) = (await bench.KeysAsync(owners), await bench.StateAsync(ids[0]));
        return left.Count == 0 && state == DubState.Failed ? null : $"left behind under a {state} document: {string.Join(", ", left)}";
    }

    private static string Difference(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        return string.Join("; ", old.Except(now).Select(line => $"was {line}").Concat(now.Except(old).Select(line => $"is {line}")));
    }
}
