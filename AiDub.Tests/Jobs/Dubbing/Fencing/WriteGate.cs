using System.Reflection;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>
/// Stands before every store and counts the writes of one attempt, the sleeper, whichever store they go to; one of them it holds back until
/// it is told to let go, as if the attempt's process had been suspended right before it.
/// </summary>
internal sealed class WriteGate
{
    private static readonly string[] Reads = ["Find", "List", "Count", "Size", "Materialize", "Address", "KeyOf", "Holds"];

    private readonly AsyncLocal<bool> _isSleeper = new();
    private readonly List<string> _writes = [];
    private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _holdAt = -1;
    private bool _diesAfterwards;

    /// <summary>What the sleeper has written so far, by store and method.</summary>
    public IReadOnlyList<string> Writes => _writes;

    /// <summary>Done once the write that is to be held back is.</summary>
    public Task Held => _held.Task;

    /// <summary>A store behind the gate.</summary>
    public T Around<T>(T store)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)proxy).Set(this, store, typeof(T).Name);
        return proxy;
    }

    /// <summary>Runs an attempt as the sleeper.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="holdAt">Which of its writes is held back, from 0; -1: none.</param>
    /// <param name="diesAfterwards">Whether the write that was held back is its last act.</param>
    public Task SleepAsync(Func<Task> attempt, int holdAt, bool diesAfterwards = false)
    {
        _writes.Clear();
        (_holdAt, _diesAfterwards) = (holdAt, diesAfterwards);
        (_held, _letGo) = (
            new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        return Task.Run(() =>
        {
            _isSleeper.Value = true;
            return attempt();
        });
    }

    public void LetGo() => _letGo.SetResult();

    private async Task PassAsync(string write, Func<Task> call)
    {
        int number;
        lock (_writes)
        {
            number = _writes.Count;
            _writes.Add(write);
        }
        if (number == _holdAt)
        {
            _held.TrySetResult();
            await _letGo.Task;
        }
        else if (_diesAfterwards && number > _holdAt)
        {
            throw new OperationCanceledException("The process was killed.");
        }
        await call();
    }

    /// <summary>Calls a store through the gate. Public and open, because it is inherited from at run time.</summary>
    public class Proxy : DispatchProxy
    {
        private WriteGate _gate = null!;
        private object _store = null!;
        private string _name = "";

        internal void Set(WriteGate gate, object store, string name) => (_gate, _store, _name) = (gate, store, name);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (!_gate._isSleeper.Value || Reads.Any(read => targetMethod!.Name.StartsWith(read, StringComparison.Ordinal)))
                return Call(targetMethod!, args);
            if (_store is IObjectStore && args is [IReadOnlyList<string> keys, CancellationToken])
                return DeleteEachAsync((IObjectStore)(object)this, keys);
            var result = targetMethod!.ReturnType;
            var pass = GetType().GetMethods(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.FlattenHierarchy)
                .Concat(typeof(Proxy).GetMethods(BindingFlags.NonPublic | BindingFlags.Instance))
                .First(method => method.Name == (result.IsGenericType ? nameof(PassResultAsync) : nameof(PassPlainAsync)));
            if (result.IsGenericType)
                pass = pass.MakeGenericMethod(result.GetGenericArguments());
            return pass.Invoke(this, [targetMethod, args]);
        }

        private object? Call(MethodInfo method, object?[]? args) =>
            method.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);

        // Between any two of them it may end too.
        private static async Task DeleteEachAsync(IObjectStore gated, IReadOnlyList<string> keys)
        {
            foreach (var key in keys)
                await gated.DeleteAsync(key, default);
        }

        private Task PassPlainAsync(MethodInfo method, object?[]? args) =>
            _gate.PassAsync($"{_name}.{method.Name}", () => (Task)Call(method, args)!);

        private async Task<T> PassResultAsync<T>(MethodInfo method, object?[]? args)
        {
            T result = default!;
            await _gate.PassAsync($"{_name}.{method.Name}", async () => result = await (Task<T>)Call(method, args)!);
            return result;
        }
    }
}
