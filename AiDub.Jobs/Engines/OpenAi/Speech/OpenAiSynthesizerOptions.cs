using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.OpenAi.Speech;

/// <summary>
/// Section <c>Engines:OpenAiSynthesizer</c>: speech by a server with <c>/audio/speech</c>, such as OpenAI, Kokoro or speaches.
/// </summary>
public sealed class OpenAiSynthesizerOptions : OpenAiOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "OpenAiSynthesizer";

    /// <summary>The model; default <c>gpt-4o-mini-tts</c>.</summary>
    public override string Model { get; set; } = "gpt-4o-mini-tts";

    /// <summary>The voice of languages that <see cref="Voices"/> names none for; default <c>alloy</c>.</summary>
    [Required]
    public string Voice { get; set; } = "alloy";

    /// <summary>Voices by ISO 639-1: <c>{"es": "ef_dora", "ja": "jf_alpha"}</c>.</summary>
    public Dictionary<string, string> Voices { get; set; } = [];

    /// <summary>
    /// The field of a request in which the server takes a recording, as a data URI of WAV, in whose voice it then speaks, such as vLLM's
    /// <c>ref_audio</c>; default none: speakers cannot have their own voices.
    /// </summary>
    [RegularExpression("^[A-Za-z_][A-Za-z0-9_]*$")]
    public string? SampleField { get; set; }

    /// <summary>
    /// What the server is asked for: <c>wav</c> (default), or <c>pcm</c> where it does not make WAV: 16-bit mono of <see cref="PcmRate"/>.
    /// </summary>
    [RegularExpression("^(wav|pcm)$")]
    public string ResponseFormat { get; set; } = "wav";

    /// <summary>The rate of <c>pcm</c> in Hz, 8000–192000; default 24000.</summary>
    [Range(8000, 192000)]
    public int PcmRate { get; set; } = 24000;
}
