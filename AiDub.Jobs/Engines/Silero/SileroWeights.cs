using AiDub.Jobs.Models;

namespace AiDub.Jobs.Engines.Silero;

/// <summary>The weights that the script brings: Silero VAD 6 (MIT, Silero Team), out of npm's <c>@ricky0123/vad-web</c> 0.0.31.</summary>
internal static class SileroWeights
{
    /// <summary>The name of their file in the folder of models.</summary>
    public const string File = "silero_vad_v6.onnx";

    /// <summary>Their SHA-256, as <c>weights/SHA256SUMS</c> has it for the script.</summary>
    public const string Hash = "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3";

    /// <summary>Their path; null when they are not there.</summary>
    public static string? Find(ModelFolder models) =>
        models.Root is not null && models.PathOf(File) is var path && System.IO.File.Exists(path) ? path : null;
}
