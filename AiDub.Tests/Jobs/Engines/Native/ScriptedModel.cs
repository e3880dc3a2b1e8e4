using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using AiDub.Jobs.Engines.Native.Child;
using AiDub.Jobs.Tools;

namespace AiDub.Tests.Jobs.Engines.Native;

/// <summary>A model that does what it is asked to, in a process of its own: answer, wait, hang, die or take memory.</summary>
internal sealed class ScriptedModel : INativeModel
{
    private const int Block = 32 << 20;

    /// <summary>The command of such a process.</summary>
    public static ToolCommand Command(string folder) => new("dotnet", ["exec", typeof(ScriptedModel).Assembly.Location, "engine"], folder)
    {
        AllowFailure = true,
        MemoryBytes = 768L << 20,
        Environment = new Dictionary<string, string?> { ["DOTNET_gcServer"] = "0", ["DOTNET_GCHeapHardLimit"] = "8000000" },
    };

    /// <summary>Runs as such a process.</summary>
    public static async Task<int> RunAsync()
    {
        await using var output = Console.OpenStandardOutput();
        output.Write("a library says hello\n{\"id\":\n"u8);
        return await new EngineLoop(Console.OpenStandardInput(), output).RunAsync(() => Task.FromResult<INativeModel>(new ScriptedModel()));
    }

    public async Task<object> AnswerAsync(JsonElement ask, Action<double> tell, CancellationToken ct)
    {
        var marker = ask.GetProperty("marker").GetString()!;
        switch (ask.GetProperty("what").GetString())
        {
            case "die":
                Die();
                break;
            case "die once" when !File.Exists(marker):
                await File.WriteAllTextAsync(marker, "", ct);
                Die();
                break;
            case "fail":
                throw new InvalidDataException("no sound");
            case "wait":
                tell(0.5);
                await Task.Delay(Timeout.Infinite, ct);
                break;
            case "hang":
                tell(0.5);
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                break;
            case "eat":
                Eat(tell);
                break;
        }
        tell(1);
        return new { pid = Environment.ProcessId };
    }

    public void Dispose()
    {
    }

    // As the kernel ends a process: no handler of it runs.
    private static void Die() => Process.GetCurrentProcess().Kill();

    // A library that gets no memory aborts the process.
    private static unsafe void Eat(Action<double> tell)
    {
        try
        {
            for (var taken = 0L; taken < 4L << 30; taken += Block)
            {
                NativeMemory.Fill(NativeMemory.Alloc(Block), Block, 1);
                tell((double)taken / (4L << 30));
            }
        }
        catch (OutOfMemoryException)
        {
            Die();
        }
    }
}
