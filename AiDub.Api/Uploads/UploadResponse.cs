namespace AiDub.Api.Uploads;

/// <summary>The answer to an upload.</summary>
internal sealed record UploadResponse
{
    /// <summary>The address to submit as <c>source_video_url</c>; it expires.</summary>
    public required string SourceVideoUrl { get; init; }

    /// <summary>How many bytes were stored.</summary>
    public required long Bytes { get; init; }
}
