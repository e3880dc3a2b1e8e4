using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.PocketSphinx;
using AiDub.Jobs.Tools;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Jobs.Engines.PocketSphinx;

/// <summary>How processes share a recording; a script is in the place of the program, and hears of every chunk its name.</summary>
public sealed class PocketSphinxProcessesTests
{
    private const string Head = """
        #!/bin/bash
        while [ $# -gt 0 ]; do [ "$1" = -ctm ] && words=$2; shift; done
        : > "$words"
        hear() {
          echo "$1 A 0.00 0.50 $1 0.99" >> "$words"
          echo "INFO: batch.c(760): $1: 1.00 seconds speech, 0.10 seconds CPU, 0.10 seconds wall" >&2
        }

        """;

    private static readonly AudioSpan[] Chunks = [new(0, 2), new(2, 12), new(12, 20), new(20, 21), new(21, 26)];
    private EngineHost _host = null!;

    [SetUp]
    public void Start() => _host = new EngineHost();

    [TearDown]
    public void Stop() => _host.Dispose();

    [Test]
    [CancelAfter(60_000)]
    public async Task While_one_is_at_work_on_the_longest_chunk_the_other_does_all_the_rest()
    {
        var rest = _host.PathOf("rest");
        await Tool.RunAsync("mkfifo", rest);
        // The longest takes until the shortest, which is told last, is done.
        var heard = await RecognizeAsync($"""
            while read -r _ _ _ id; do
              [ $id = c1 ] && read -r _ < "{rest}"
              hear $id
              [ $id = c3 ] && echo done > "{rest}"
            done
            exit 0
            """);

        Assert.That(heard.Select(h => h.Chunk), Is.EqualTo(Chunks));
        Assert.That(heard.Select(h => h.Words.Single().Text), Is.EqualTo(new[] { "c0", "c1", "c2", "c3", "c4" }));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task No_word_is_lost_where_the_disk_is_full_of_which_the_program_says_nothing()
    {
        var heard = await RecognizeAsync("""
            trap '' XFSZ
            ulimit -f 0
            while read -r _ _ _ id; do hear $id; done
            exit 0
            """);

        Assert.That(heard.Select(h => h.Words.Count), Is.All.EqualTo(1));
    }

    [Test]
    [CancelAfter(60_000)]
    public void One_that_ends_before_it_is_done_has_not_recognised_the_recording() =>
        Assert.That(() => RecognizeAsync("read -r _; exit 0"), Throws.TypeOf<InvalidDataException>());

    [Test]
    [CancelAfter(60_000)]
    public void One_that_cannot_read_a_chunk_is_not_waited_for() =>
        Assert.That(
            () => RecognizeAsync("""
                while read -r _ _ _ id; do
                  [ $id = c4 ] && echo 'ERROR: "batch.c", line 389: Failed to open ./audio.wav: Permission denied' >&2 || hear $id
                done
                exit 0
                """),
            Throws.TypeOf<InvalidDataException>());

    private async Task<IReadOnlyList<(AudioSpan Chunk, IReadOnlyList<RecognizedWord> Words)>> RecognizeAsync(string script)
    {
        var program = _host.PathOf("program");
        await File.WriteAllTextAsync(program, Head + script);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var options = new PocketSphinxOptions { Executable = program };
        await using var processes = new PocketSphinxProcesses(
            _host.Get<ToolRunner>(), options, 2, 44, _host.Folder, TestContext.CurrentContext.CancellationToken);
        return await processes.RecognizeAsync(program, Chunks, new Progress<double>());
    }
}
