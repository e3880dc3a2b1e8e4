using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Supertonic;

/// <summary>Section <c>Engines:Supertonic</c>: speech in 31 languages on this machine by Supertonic 3, in a process of its own.</summary>
public sealed class SupertonicOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "Supertonic";

    /// <summary>
    /// The folder of the model, with <c>onnx</c> and <c>voice_styles</c> in it as its makers lay it out. Default <c>supertonic</c> in the
    /// folder that <c>AIDUB_MODELS</c> names (<c>./aidub models get supertonic --accept</c>).
    /// </summary>
    public string? ModelDirectory { get; set; }

    /// <summary>Voices to use instead of the first, by ISO 639-1: <c>{"es": "M1"}</c>.</summary>
    public Dictionary<string, string> Voices { get; set; } = [];

    /// <summary>
    /// How fast the voices speak by themselves, 0.7–1.5; default 1.05, as their makers have it. <c>Rate</c> of a request multiplies it,
    /// from 0.5 to 2.
    /// </summary>
    [Range(0.7, 1.5)]
    public double Speed { get; set; } = 1.05;

    /// <summary>In how many steps noise becomes speech, 1–50; default 8. More take longer, about in proportion.</summary>
    [Range(1, 50)]
    public int Steps { get; set; } = 8;
}
