using AiDub.Tests.Jobs.Engines.Native;

namespace AiDub.Tests.Jobs.Engines.Demucs;

/// <summary>Graphs that take and answer what Demucs's does, and compute something plain.</summary>
internal static class DemucsGraph
{
    /// <summary>Its voices are the channels changed over, each sample as loud as its place in the window: 0 at first, 1 at last.</summary>
    public static Task<string> SwappingAsync(string path, int window) => WriteAsync(path, window, (graph, mix) =>
    {
        var swapped = graph.Node("Gather", [mix, graph.Constant([1L, 0L], 2)], ("axis", 1));
        return graph.Node("Mul", [swapped, graph.Constant(Ramp(window), 1, 1, window)]);
    });

    /// <summary>Its voices are what both channels have in common: their mean.</summary>
    public static Task<string> MiddleAsync(string path, int window) => WriteAsync(path, window, (graph, mix) =>
    {
        var swapped = graph.Node("Gather", [mix, graph.Constant([1L, 0L], 2)], ("axis", 1));
        return graph.Node("Mul", [graph.Node("Add", [mix, swapped]), graph.Constant([0.5f], 1)]);
    });

    /// <summary>How loud <see cref="SwappingAsync"/> makes each sample of a window.</summary>
    public static float[] Ramp(int window) => [.. Enumerable.Range(0, window).Select(i => i / (window - 1f))];

    private static Task<string> WriteAsync(string path, int window, Func<TinyGraph, string, string> voices)
    {
        var graph = new TinyGraph();
        var mix = graph.Input("mix", 1, 2, window);
        var heard = voices(graph, mix);
        var axis = graph.Constant([1L], 1);
        var none = graph.Node("Unsqueeze", [graph.Node("Sub", [mix, mix]), axis]);
        string[] parts = [none, none, graph.Node("Unsqueeze", [graph.Node("Sub", [mix, heard]), axis]),
            graph.Node("Unsqueeze", [heard, axis])];
        return graph.Output("parts", graph.Node("Concat", parts, ("axis", 1)), 1, 4, 2, window).WriteAsync(path);
    }
}
