using System.IO.Pipelines;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Media.Clock;

/// <summary>Runs a tool that reads from its standard input what others make meanwhile.</summary>
internal static class FedTool
{
    /// <summary>Runs it; where either fails the other is ended, and what failed first is thrown.</summary>
    /// <param name="tools">Runs it.</param>
    /// <param name="tool">The tool; its standard input is set here.</param>
    /// <param name="feed">Writes what the tool reads, until it has written all or is told to stop.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="ToolFailedException">The tool failed, or one that feeds it.</exception>
    public static async Task RunAsync(
        ToolRunner tools, ToolCommand tool, Func<PipeWriter, CancellationToken, Task> feed, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pipe = new Pipe();
        var run = tools.RunAsync(tool with { StandardInput = PipeSource.FromStream(pipe.Reader.AsStream()) }, stop.Token);
        var fed = FeedAsync();
        var first = await Task.WhenAny(run, fed);
        if (first.IsFaulted || first.IsCanceled)
            await stop.CancelAsync();
        else if (first == run)
            await pipe.Reader.CompleteAsync();
        try
        {
            await Task.WhenAll(run, fed);
        }
        catch (Exception) when (first.IsFaulted)
        {
            await first;
        }

        async Task FeedAsync()
        {
            try
            {
                await feed(pipe.Writer, stop.Token);
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception e)
            {
                await pipe.Writer.CompleteAsync(e);
                throw;
            }
        }
    }
}
