using System.Collections.Concurrent;
using System.Text;
using AiDub.Domain.Speech;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>
/// The processes that share one recording. They load their models as they are started, which may be before the recording is there, and are
/// then told their chunks, the longest first, each to whoever is free: how long one takes depends on what is said and on what else runs.
/// </summary>
internal sealed class PocketSphinxProcesses : IAsyncDisposable
{
    private readonly string _folder;
    private readonly CancellationTokenSource _ended;
    private readonly TaskCompletionSource<ConcurrentQueue<(int Index, AudioSpan Span)>> _told =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task[] _runs;
    private readonly ConcurrentQueue<string> _words = new();
    private RecognitionProgress? _progress;

    /// <summary>Starts them.</summary>
    /// <param name="tools">What runs them.</param>
    /// <param name="options">How they are run.</param>
    /// <param name="processes">How many; one that there is no chunk for ends when that is known.</param>
    /// <param name="dataOffset">Where the samples begin in the recording, in bytes.</param>
    /// <param name="scratch">Where they have a folder, which is gone once this is disposed of.</param>
    /// <param name="ct">Ends them.</param>
    public PocketSphinxProcesses(
        ToolRunner tools, PocketSphinxOptions options, int processes, int dataOffset, string scratch, CancellationToken ct)
    {
        // Chunks are told by lines whose fields are parted by spaces: the recording goes by a name that has none.
        _folder = Directory.CreateDirectory(Path.Combine(scratch, $"{PocketSphinxOptions.Section}-{Guid.NewGuid():N}")).FullName;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        DataOffset = dataOffset;
        _runs = [.. Enumerable.Range(0, processes).Select(_ => RunAsync(tools, options))];
    }

    /// <summary>Where they take the samples to begin, in bytes.</summary>
    public int DataOffset { get; }

    /// <summary>Recognises the chunks of a recording; to be called once.</summary>
    /// <param name="audio">The recording.</param>
    /// <param name="chunks">The chunks, in order.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <returns>The words of every chunk, timed from where it begins.</returns>
    /// <exception cref="ToolFailedException">A process broke off; the others were ended.</exception>
    /// <exception cref="InvalidDataException">A process ended before it was done, as if it were.</exception>
    public async Task<IReadOnlyList<(AudioSpan Chunk, IReadOnlyList<RecognizedWord> Words)>> RecognizeAsync(
        string audio, IReadOnlyList<AudioSpan> chunks, IProgress<double> progress)
    {
        File.CreateSymbolicLink(Path.Combine(_folder, PocketSphinxBatch.Audio + ".wav"), Path.GetFullPath(audio));
        _progress = new RecognitionProgress(chunks, progress);
        _told.SetResult(new(chunks.Select((span, index) => (index, span)).OrderByDescending(chunk => chunk.span.Length)));
        await Task.WhenAll(_runs);
        if (!_progress.IsWhole)
            throw new InvalidDataException("pocketsphinx_batch left out a part of what it was told.");
        var words = BatchOutput.ReadWords(_words);
        return [.. chunks.Select((c, i) => (c, (IReadOnlyList<RecognizedWord>)[.. words[PocketSphinxBatch.Id(i)]]))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(ToolRunner tools, PocketSphinxOptions options)
    {
        var work = new Feed();
        var command = PocketSphinxBatch.Command(options, _folder, DataOffset) with
        {
            StandardInput = PipeSource.Create((stream, ct) => TellAsync(work, stream, ct)),
            OnOutputLine = _words.Enqueue,
            OnErrorLine = line => Read(work, line),
        };
        try
        {
            await tools.RunAsync(command, _ended.Token);
        }
        catch
        {
            // One that fails stops the others: their work would be thrown away.
            await _ended.CancelAsync();
            throw;
        }
    }

    private void Read(Feed work, string line)
    {
        var finished = BatchOutput.ReadFinished(line);
        if (finished is null && !BatchOutput.IsLeftOut(line))
            return;
        try
        {
            if (finished is not null)
                _progress?.Count(finished);
            else
                work.IsBroken = true;
        }
        finally
        {
            work.Done.Release();
        }
    }

    // What a process leaves out nobody else does: it is told no more, and ends.
    private async Task TellAsync(Feed work, Stream stream, CancellationToken ct)
    {
        var chunks = await _told.Task.WaitAsync(ct);
        while (!work.IsBroken && chunks.TryDequeue(out var chunk))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(PocketSphinxBatch.ControlLine(chunk.Index, chunk.Span)), ct);
            await stream.FlushAsync(ct);
            await work.Done.WaitAsync(ct);
        }
    }

    // How far a process is with what it was told.
    private sealed class Feed
    {
        private volatile bool _isBroken;

        public SemaphoreSlim Done { get; } = new(0);

        public bool IsBroken
        {
            get => _isBroken;
            set => _isBroken = value;
        }
    }
}
