using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;

namespace AiDub.Tests.Jobs.Dubbing.Attempts;

/// <summary>Once it is slow, the next write is on its way until a test has it arrive, whether its sender waits for it or not.</summary>
internal sealed class SlowWires : PortCalls
{
    private readonly TaskCompletionSource _underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _arrives = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _slow = Task.CompletedTask;

    public bool IsSlow { get; set; }

    public Task UnderWay => _underWay.Task;

    public Task ArriveAsync()
    {
        _arrives.SetResult();
        return _slow;
    }

    public override async Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        if (!IsSlow || method != nameof(IProgressStore.SaveAsync))
            return await call(ct);
        IsSlow = false;
        var slow = LaterAsync(call);
        _slow = slow;
        _underWay.SetResult();
        return await slow.WaitAsync(ct);
    }

    private async Task<T> LaterAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        await _arrives.Task;
        return await call(CancellationToken.None);
    }
}
