namespace AiDub.Jobs.Engines.Supertonic;

/// <summary>What the process of Supertonic is asked.</summary>
/// <param name="Chunks">The text in parts, each as <see cref="SupertonicText.Chunks"/> makes it.</param>
/// <param name="Style">The path of the voice's file.</param>
/// <param name="StyleHash">The SHA-256 that it must have, in hex; null when it is not known.</param>
/// <param name="Speed">How fast, as a multiple of what the model predicts.</param>
/// <param name="Steps">In how many steps noise becomes speech.</param>
/// <param name="Wav">The file to write.</param>
internal sealed record SupertonicAsk(
    IReadOnlyList<string> Chunks, string Style, string? StyleHash, double Speed, int Steps, string Wav);

/// <summary>What it answers.</summary>
/// <param name="Samples">How many samples it wrote; 0: the model knows no letter of the text, and no file was written.</param>
internal sealed record SupertonicAnswer(int Samples);
