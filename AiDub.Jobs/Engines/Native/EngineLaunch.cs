using System.Globalization;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Engines.Native;

/// <summary>How the process of an engine is started: this program again, as <c>AiDub.Jobs engine KIND MODEL [SHA-256]</c>.</summary>
/// <param name="Kind">What the model is, such as <c>silero</c>.</param>
/// <param name="Model">The path of its file, or of the folder of several.</param>
/// <param name="Hash">
/// The SHA-256 that the file must have, in hex; null when it is not known. Of several files parted by commas, in an order of the engine's.
/// </param>
internal sealed record EngineLaunch(string Kind, string Model, string? Hash = null)
{
    /// <summary>The most memory that it needs, in bytes; null when that depends on the model.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The command, in a folder of the process's own.</summary>
    public ToolCommand Command(string folder, NativeOptions options)
    {
        var (program, first) = Program();
        var memory = Math.Min(options.MemoryBytes, MemoryBytes ?? long.MaxValue);
        string[] what = ["engine", Kind, Path.GetFullPath(Model), .. Hash is null ? (string[])[] : [Hash]];
        return new ToolCommand(program, [.. first, .. what], folder)
        {
            MemoryBytes = memory,
            AllowFailure = true,

            // What is managed in it is little. A collector that takes what the machine has would leave the model less.
            Environment = new Dictionary<string, string?>
            {
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_gcConcurrent"] = "0",
                // Else ggml has a debugger look at it before it ends, where one is installed.
                ["GGML_NO_BACKTRACE"] = "1",
                ["DOTNET_GCHeapHardLimit"] = (memory / 4).ToString("X", CultureInfo.InvariantCulture),
            },
        };
    }

    // As this process was started: by the runtime that it was given, or as a program.
    private static (string Program, IReadOnlyList<string> First) Program()
    {
        var assembly = typeof(EngineLaunch).Assembly.Location;
        var started = Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(started) == "dotnet"
            ? (started!, ["exec", assembly])
            : Path.ChangeExtension(assembly, null) is var program && File.Exists(program) ? (program, []) : ("dotnet", ["exec", assembly]);
    }
}
