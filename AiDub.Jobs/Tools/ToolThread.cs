using System.Collections.Concurrent;

namespace AiDub.Jobs.Tools;

/// <summary>The thread that starts every tool. It lives as long as this process does.</summary>
/// <remarks>The kernel tells a child of its parent's death when the thread that started it ends; those of the pool come and go.</remarks>
internal static class ToolThread
{
    private static readonly BlockingCollection<Action> Starts = [];

    static ToolThread() => new Thread(Run) { IsBackground = true, Name = "tools" }.Start();

    /// <summary>Runs something short on the thread.</summary>
    public static Task<T> RunAsync<T>(Func<T> start)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    private static void Run()
    {
        foreach (var start in Starts.GetConsumingEnumerable())
            start();
    }
}
