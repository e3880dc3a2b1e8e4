using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Uploads;

/// <summary>The examples of an upload.</summary>
internal sealed class UploadExamples : IContractExamples
{
    private const string Upload = "POST ai_dub/uploads";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Upload, "200") => [new("stored", "A video was stored", new UploadResponse
        {
            SourceVideoUrl = "http://127.0.0.1:5080/files/uploads/2026-01-02/5e1d9f34-7c52-4b0f-8f5e-6a3b2c1d0e9f"
                + "?expires=1767409445&signature=2c9a",
            Bytes = 1_048_576,
        })],
        (Upload, "400") =>
        [
            Error(ErrorCodes.UploadMissing, "the form holds no file"),
            Error(ErrorCodes.SubtitlesInvalid, "the file cannot be read: line 12: the end is before the start"),
            Error(ErrorCodes.BodyInvalid, "the form could not be read"),
            Of(UserErrors.Invalid),
        ],
        (Upload, "413") => [Bare(413), Of(DubErrors.OverQuota(9_999_000_000, 10_000_000_000) with { Status = 413 })],
        (Upload, "415") => [Of(UploadsController.NotAForm)],
        (Upload, "507") => [Of(DubErrors.NoSpaceLeft)],
        _ => null,
    };
}
