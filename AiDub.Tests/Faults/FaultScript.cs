using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AiDub.Domain.Dubbing;

namespace AiDub.Tests.Faults;

/// <summary>What goes wrong in a process, and when: read from a folder that it shares with the test at every call of a store.</summary>
/// <remarks>
/// The file <c>rule</c> says <c>before POINT</c> or <c>after POINT</c> (the process kills itself with SIGKILL), or <c>fail N OPERATION</c>
/// (the next N calls of an operation throw). The file <c>points</c> lists the writes so far, one a line, by names that are the same in
/// every run.
/// </remarks>
internal sealed partial class FaultScript(string folder)
{
    public const string Variable = "AIDUB_TEST_FAULTS";

    private readonly Lock _turn = new();
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, int> _seen = [];
    private string _rule = "";
    private int _failed;

    /// <summary>Begins the names of an order's points anew; its ids are known by their place in the order from now on.</summary>
    public void Accept(DubOrder order)
    {
        lock (_turn)
        {
            if (order.Batch is not { } batch || batch.Requests[0] == order.RequestId)
            {
                _names.Clear();
                _seen.Clear();
            }
            _names[order.RequestId.ToString()] = order.ToLang;
            if (order.Batch is { Id: var shared })
                _names[shared.ToString()] = "shared";
        }
    }

    /// <summary>Runs a write, unless the process is to die first; dies afterwards when it is to.</summary>
    public async Task<T> WriteAsync<T>(string operation, string what, Func<Task<T>> write)
    {
        var point = Name($"{operation} {what}".TrimEnd());
        KillIf($"before {point}");
        var result = await ReadAsync(operation, write);
        File.AppendAllText(Path.Combine(folder, "points"), point + "\n");
        KillIf($"after {point}");
        return result;
    }

    public Task WriteAsync(string operation, string what, Func<Task> write) => WriteAsync(operation, what, async () =>
    {
        await write();
        return true;
    });

    /// <summary>Runs a call of a store, unless it is to fail.</summary>
    public Task<T> ReadAsync<T>(string operation, Func<Task<T>> read)
    {
        lock (_turn)
        {
            var rule = Rule();
            if (rule.StartsWith("fail ", StringComparison.Ordinal) && rule.Split(' ', 3) is [_, var times, var named] && named == operation
                && _failed < int.Parse(times, CultureInfo.InvariantCulture))
            {
                _failed++;
                File.WriteAllText(Path.Combine(folder, "failed"), _failed.ToString(CultureInfo.InvariantCulture));
                throw new IOException($"The store at /srv/secret-path on db-host.internal failed to {operation}.");
            }
        }
        return read();
    }

    private string Name(string point)
    {
        lock (_turn)
        {
            var name = Id().Replace(point, id => _names.GetValueOrDefault(id.Value, "new"));
            var times = _seen[name] = _seen.GetValueOrDefault(name) + 1;
            return times == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ×{times}");
        }
    }

    private void KillIf(string moment)
    {
        lock (_turn)
        {
            if (Rule() == moment)
                Process.GetCurrentProcess().Kill();
        }
    }

    private string Rule()
    {
        var path = Path.Combine(folder, "rule");
        var rule = File.Exists(path) ? File.ReadAllText(path) : "";
        if (rule != _rule)
            (_rule, _failed) = (rule, 0);
        return rule;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
