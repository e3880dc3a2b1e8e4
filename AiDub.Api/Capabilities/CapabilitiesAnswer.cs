namespace AiDub.Api.Capabilities;

/// <summary>What this service can do and what it takes, as far as a front end has to know it before it asks.</summary>
internal sealed record CapabilitiesAnswer
{
    /// <summary>What can be asked for, as method and path: <c>POST /ai_dub/{request_id}/render</c>; in order of path.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>How a result can carry subtitles.</summary>
    public required IReadOnlyList<string> Subtitles { get; init; }

    /// <summary>The most languages of one submission.</summary>
    public required int MaxTargets { get; init; }

    /// <summary>The largest body of JSON, in bytes; texts that are longer are uploaded.</summary>
    public required int MaxBodyBytes { get; init; }

    /// <summary>The largest source in bytes.</summary>
    public required long MaxSourceBytes { get; init; }

    /// <summary>The longest source in seconds.</summary>
    public required double MaxSourceSeconds { get; init; }

    /// <summary>For how many hours a finished dub can be edited, and its source opened; 0: not at all.</summary>
    public required double KeepEditableHours { get; init; }

    /// <summary>The longest text that a voice can be heard with, in characters.</summary>
    public required int PreviewCharacters { get; init; }

    /// <summary>Whether an engine can speak in a speaker's own voice: the voice <c>clone</c>.</summary>
    public required bool ClonesVoices { get; init; }

    /// <summary>Whether a <c>callback_url</c> can be given.</summary>
    public required bool Callbacks { get; init; }

    /// <summary>The address of a short video to try the service with; absent where it offers none: only development does.</summary>
    public string? SampleVideoUrl { get; init; }
}
