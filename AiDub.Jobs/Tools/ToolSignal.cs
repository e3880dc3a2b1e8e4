namespace AiDub.Jobs.Tools;

/// <summary>A signal that ends a tool, by its number on Linux; others than these have no name here.</summary>
public enum ToolSignal
{
    /// <summary>SIGILL: it was built for another processor, or its memory is damaged.</summary>
    IllegalInstruction = 4,

    /// <summary>SIGABRT: it gave itself up.</summary>
    Abort = 6,

    /// <summary>SIGBUS: a file that it had mapped became shorter.</summary>
    BusError = 7,

    /// <summary>SIGFPE: it divided by zero.</summary>
    ArithmeticError = 8,

    /// <summary>SIGKILL: somebody ended it, or memory ran out.</summary>
    Kill = 9,

    /// <summary>SIGSEGV: it touched memory that is not its own.</summary>
    SegmentationFault = 11,

    /// <summary>SIGXCPU: it used as much of the processor's time as it may.</summary>
    CpuLimit = 24,

    /// <summary>SIGXFSZ: it would have written a larger file than it may.</summary>
    FileLimit = 25,
}

/// <summary>Reads signals from exit codes.</summary>
internal static class ToolSignals
{
    // As shells say it: 128 + n is an end by signal n, of which there are 31. Tools use codes above those for errors of their own.
    private const int Base = 128;
    private const int Count = 31;

    /// <summary>The signal that an exit code tells of; null when it tells of none.</summary>
    public static ToolSignal? Of(int? exitCode) => exitCode is > Base and <= Base + Count ? (ToolSignal)(exitCode - Base) : null;
}
