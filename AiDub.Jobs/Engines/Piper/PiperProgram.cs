using System.Globalization;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>How the program <c>piper</c> is called.</summary>
internal static class PiperProgram
{
    /// <summary>Speaks a text. A longer length scale is slower speech; the text is one line: every line would be an utterance.</summary>
    public static ToolCommand Speak(string program, PiperVoice voice, double lengthScale, string text, string path, TimeSpan timeout)
    {
        string[] speaker = voice.Speaker is { } number ? ["--speaker", number.ToString(CultureInfo.InvariantCulture)] : [];
        var scale = lengthScale.ToString("0.####", CultureInfo.InvariantCulture);
        return new ToolCommand(
            program, ["--model", voice.Model, "--output_file", path, "--length_scale", scale, .. speaker], Path.GetDirectoryName(path)!)
        {
            StandardInputText = text + "\n",
            Timeout = timeout,
        };
    }

    /// <summary>Its version; null where it says none: newer releases know no <c>--version</c>.</summary>
    public static async Task<string?> VersionAsync(ToolRunner tools, string program, string folder, CancellationToken ct)
    {
        var said = await tools.RunAsync(new ToolCommand(program, ["--version"], folder) { AllowFailure = true }, ct);
        return said.ExitCode == 0 && said.StandardOutput.Split('\n')[0].Trim() is { Length: > 0 } version ? version : null;
    }
}
