using AiDub.Jobs.Engines.Demucs;
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

    /// <summary>
    /// Takes a spectrum too, as graphs do whose export left it out. Of its voices half is sound as it came in, a quarter the spectrum;
    /// all other parts are as loud as what came in.
    /// </summary>
    public static Task<string> SpectralAsync(string path, int window)
    {
        var (graph, columns) = (new TinyGraph(), DemucsSpectrum.ColumnsOf(window));
        var spectrum = graph.Input("x", 1, 4, 2048, columns);
        var mix = graph.Input("input", 1, 2, window);
        graph.Output("output", Parts(graph, spectrum, 0.25f), 1, 4, 4, 2048, columns);
        return graph.Output("add_67", Parts(graph, mix, 0.5f), 1, 4, 2, window).WriteAsync(path);
    }

    /// <summary>Says nothing of how long its windows are; its voices are the half of what came in.</summary>
    public static Task<string> AnyLengthAsync(string path)
    {
        var graph = new TinyGraph();
        return graph.Output("stems", Parts(graph, graph.Input("mix", 1, 2, -1), 0.5f), 1, 4, 2, -1).WriteAsync(path);
    }

    /// <summary>How loud <see cref="SwappingAsync"/> makes each sample of a window.</summary>
    public static float[] Ramp(int window) => [.. Enumerable.Range(0, window).Select(i => i / (window - 1f))];

    private static string Parts(TinyGraph graph, string input, float voices)
    {
        var axis = graph.Constant([1L], 1);
        var whole = graph.Node("Unsqueeze", [input, axis]);
        var voice = graph.Node("Unsqueeze", [graph.Node("Mul", [input, graph.Constant([voices], 1)]), axis]);
        return graph.Node("Concat", [whole, whole, whole, voice], ("axis", 1));
    }

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
