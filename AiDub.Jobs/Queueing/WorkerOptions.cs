using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace AiDub.Jobs.Queueing;

/// <summary>Whether, and how many, dubs this process works on.</summary>
public sealed class WorkerOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Workers";

    /// <summary>The queue of everything that names no other.</summary>
    public const string DefaultQueue = "default";

    /// <summary>Whether this process works on dubs. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether this process makes a dub of two seconds when it starts, so that the first one is as fast as those after it. Readiness waits
    /// for it, some seven seconds on two cores, at most thirty. Default false.
    /// </summary>
    public bool Rehearse { get; set; }

    /// <summary>How many dubs it works on at once: 1 to 100. Default 2.</summary>
    [Range(1, 100)]
    public int Count { get; set; } = 2;

    /// <summary>
    /// The queues this process takes dubs from, in order of precedence: lower-case letters, digits, <c>-</c> and <c>_</c>. Default
    /// <c>default</c>.
    /// </summary>
    [QueueNames]
    public string[] Queues { get; set; } = [];

    /// <summary><see cref="Queues"/>, or the default one when none is named.</summary>
    public string[] QueuesInOrder => Queues.Length == 0 ? [DefaultQueue] : Queues;

    /// <summary>The queue that dubs submitted through this process go to. Default <c>default</c>.</summary>
    [RegularExpression("^[a-z0-9_-]{1,50}$")]
    public string SubmitQueue { get; set; } = DefaultQueue;

    /// <summary>
    /// The greatest share of all processes' workers that the dubs of one user keep busy, one worker at least: 0.01 to 1. Default 1: who is
    /// alone may use all of them, and as soon as others wait everybody gets as many as everybody else. Less keeps workers free for whoever
    /// comes next.
    /// </summary>
    [Range(0.01, 1)]
    public double MaxShare { get; set; } = 1;

    /// <summary>For how many seconds a shutdown waits for running dubs to let go: 1 to 60. Default 10.</summary>
    [Range(1, 60)]
    public int ShutdownSeconds { get; set; } = 10;
}

/// <summary>Asks of every name what Hangfire asks of a queue's.</summary>
internal sealed partial class QueueNamesAttribute : ValidationAttribute
{
    /// <inheritdoc />
    public override bool IsValid(object? value) => value is string[] names && names.All(name => QueueName().IsMatch(name));

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) =>
        $"Workers:{name} holds a name that is not of lower-case letters, digits, - and _.";

    [GeneratedRegex("^[a-z0-9_-]{1,50}$", RegexOptions.NonBacktracking)]
    private static partial Regex QueueName();
}
