using System.Globalization;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// How many files this process may have open at once. Below some number it dies while it loads what it is made of, wherever that is, and
/// has no file left to say why.
/// </summary>
internal static class OpenFileLimit
{
    /// <summary>The fewest that a process starts with: it has some 375 open when it serves nobody yet.</summary>
    public const int Least = 512;

    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>Why this process cannot start; null when it can, or the system does not say.</summary>
    public static string? Refusal() => File.Exists(Limits) ? Refusal(File.ReadAllText(Limits)) : null;

    /// <summary>The same of what Linux says of a process's limits.</summary>
    internal static string? Refusal(string limits) =>
        limits.Split('\n').FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) is { } found
            && found[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..]
            && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most < Least
            ? Says(most)
            : null;

    private static string Says(int most) =>
        FormattableString.Invariant($"only {most} files may be open at once, and at least {Least} are needed, {2 * Least} to serve many: ")
            + "raise the limit (ulimit -n of a shell, LimitNOFILE of systemd, ulimits of a container).";
}
