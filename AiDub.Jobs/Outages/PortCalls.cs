using System.Collections.Concurrent;
using System.Reflection;

namespace AiDub.Jobs.Outages;

/// <summary>What is done around every call of a port.</summary>
internal abstract class PortCalls
{
    /// <summary>Makes a call.</summary>
    /// <param name="method">The port's method.</param>
    /// <param name="call">Makes it, as often as it is called; given the token that is to end it.</param>
    /// <param name="ct">What the caller ends it by.</param>
    public abstract Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct);
}

/// <summary>A port whose every asynchronous call passes one place, whatever methods it has.</summary>
/// <typeparam name="T">The port: an interface whose calls take a <see cref="CancellationToken"/> last.</typeparam>
internal class Port<T> : DispatchProxy
    where T : class
{
    private static readonly MethodInfo ValueCall = typeof(Port<T>)
        .GetMethod(nameof(CallAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly ConcurrentDictionary<MethodInfo, MethodInfo> ValueCalls = [];

    private T _inner = null!;
    private PortCalls _around = null!;

    /// <summary>The port around another.</summary>
    public static T Around(T inner, PortCalls around)
    {
        var port = Create<T, Port<T>>();
        ((Port<T>)(object)port)._inner = inner;
        ((Port<T>)(object)port)._around = around;
        return port;
    }

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var returned = targetMethod!.ReturnType;
        if (args is not [.., CancellationToken ct] || !returned.IsAssignableTo(typeof(Task)))
            return Inner(targetMethod, args);
        if (returned == typeof(Task))
        {
            return _around.CallAsync(targetMethod.Name, async token =>
            {
                await (Task)Inner(targetMethod, [.. args[..^1], token])!;
                return true;
            }, ct);
        }
        var call = ValueCalls.GetOrAdd(targetMethod, method => ValueCall.MakeGenericMethod(method.ReturnType.GetGenericArguments()[0]));
        return call.Invoke(this, BindingFlags.DoNotWrapExceptions, null, [targetMethod, args, ct], null);
    }

    private Task<TValue> CallAsync<TValue>(MethodInfo method, object?[] args, CancellationToken ct) =>
        _around.CallAsync(method.Name, token => (Task<TValue>)Inner(method, [.. args[..^1], token])!, ct);

    private object? Inner(MethodInfo method, object?[]? args) => method.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
}
