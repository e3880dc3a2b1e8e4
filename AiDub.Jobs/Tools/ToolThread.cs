using System.Collections.Concurrent;

namespace AiDub.Jobs.Tools;

/// <summary>
/// The threads that start every tool: one, and another whenever a start is stuck. They live as long as this process does.
/// </summary>
/// <remarks>The kernel tells a child of its parent's death when the thread that started it ends; those of the pool come and go.</remarks>
internal static class ToolThread
{
    private const int MostThreads = 16;

    // A start takes some milliseconds; one that waits for a dead network drive takes for ever.
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(1);
    private static readonly BlockingCollection<Action> Starts = [];
    private static int _threads;

    static ToolThread() => Add();

    /// <summary>
    /// Runs something short on a thread of its own kind. When it is cancelled, what has not begun is not begun, and what has is waited for
    /// up to a second.
    /// </summary>
    public static async Task<T> RunAsync<T>(Func<T> start, CancellationToken ct)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() => Run(start, begun, done, ct), ct);
        while (await Task.WhenAny(begun.Task, Task.Delay(Stuck, ct)) != begun.Task && !ct.IsCancellationRequested)
            Add();
        try
        {
            return await done.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (begun.Task.IsCompleted)
        {
            // Whoever asked for it has to end what it starts.
            if (await Task.WhenAny(done.Task, Task.Delay(Stuck, CancellationToken.None)) != done.Task)
                throw;
            return await done.Task;
        }
    }

    private static void Run<T>(Func<T> start, TaskCompletionSource begun, TaskCompletionSource<T> done, CancellationToken ct)
    {
        begun.SetResult();
        try
        {
            ct.ThrowIfCancellationRequested();
            done.SetResult(start());
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private static void Add()
    {
        if (Interlocked.Increment(ref _threads) > MostThreads)
            Interlocked.Decrement(ref _threads);
        else
            new Thread(Run) { IsBackground = true, Name = "tools" }.Start();
    }

    private static void Run()
    {
        foreach (var start in Starts.GetConsumingEnumerable())
            start();
    }
}
