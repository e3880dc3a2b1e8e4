using System.Diagnostics;

namespace AiDub.Tests.EndToEnd;

/// <summary>Signals of POSIX.</summary>
internal static class Signal
{
    /// <summary>Sends one to a process, by the shell's own <c>kill</c>: a program of that name is not on every machine.</summary>
    /// <param name="name">Such as <c>TERM</c>.</param>
    /// <param name="processId">The process.</param>
    public static async Task SendAsync(string name, int processId)
    {
        using var shell = Process.Start("sh", ["-c", $"kill -s {name} {processId}"]);
        await shell.WaitForExitAsync();
    }
}
