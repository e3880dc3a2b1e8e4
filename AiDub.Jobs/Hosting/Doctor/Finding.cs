namespace AiDub.Jobs.Hosting.Doctor;

/// <summary>How well something is.</summary>
public enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, and an operator should know something of it.</summary>
    Warn,

    /// <summary>Dubs cannot be made, or the service cannot start.</summary>
    Fail,
}

/// <summary>What the doctor found of one thing. No text holds a key, password or signed address.</summary>
/// <param name="Verdict">How well it is.</param>
/// <param name="What">The thing, in one or two words.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Advice">What to do about it; null when nothing is to be done.</param>
public sealed record Finding(Verdict Verdict, string What, string Detail, string? Advice = null)
{
    /// <summary>Something that is as it should be.</summary>
    public static Finding Ok(string what, string detail) => new(Verdict.Ok, what, detail);

    /// <summary>Something an operator should know of.</summary>
    public static Finding Warn(string what, string detail, string advice) => new(Verdict.Warn, what, detail, advice);

    /// <summary>Something that keeps the service from working.</summary>
    public static Finding Fail(string what, string detail, string advice) => new(Verdict.Fail, what, detail, advice);
}

/// <summary>One thing that the doctor looks at.</summary>
internal interface IDoctorCheck
{
    /// <summary>What it looks at: named when the look itself fails.</summary>
    string What { get; }

    /// <summary>What to do when the look itself fails.</summary>
    string Advice { get; }

    /// <summary>Looks.</summary>
    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct);
}
