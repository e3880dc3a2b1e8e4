using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Tools;

namespace AiDub.Tests.Faults;

/// <summary>kill -9 of the service while a tool works: the tool goes with it, though nobody starts the service again.</summary>
[TestFixture]
public sealed class KilledToolsTests
{
    [Test]
    public Task No_tool_of_a_killed_service_is_left_after_five_seconds_without_a_restart() =>
        Quick.AssertOnceWithinAsync(TimeSpan.FromSeconds(5), KillAsync);

    private static async Task<TimeSpan> KillAsync()
    {
        TimeSpan taken;
        var folder = Directory.CreateTempSubdirectory("aidub-kill-").FullName;
        var slow = Path.Combine(folder, "espeak-ng");
        await File.WriteAllTextAsync(slow, """
            #!/bin/sh
            case "$*" in *--voices*) exec /usr/bin/espeak-ng "$@";; esac
            exec sleep 300
            """);
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using (var server = await FaultedServer.StartAsync(
            await FaultedServer.ClipAsync(folder, 3), ("PATH", $"{folder}:{Environment.GetEnvironmentVariable("PATH")}")))
        {
            await server.TrySubmitAsync(isGiven: true, "es");
            await DubServer.UntilAsync("the tool works", () => Task.FromResult(Sleeping(server.DataFolder)), seconds: 60);

            await server.Server.KillAsync();
            taken = await Quick.TimeAsync(() => DubServer.UntilAsync(
                "the tool is gone", () => Task.FromResult(!LivingTools.In(server.DataFolder).Any()), seconds: 60));
        }
        Directory.Delete(folder, recursive: true);
        return taken;
    }

    private static bool Sleeping(string folder) => LivingTools.In(folder).Any(tool => tool.Contains("(sleep)", StringComparison.Ordinal));
}
