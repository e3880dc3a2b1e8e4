using AiDub.Api.Languages;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Views;

/// <summary>Makes the answer of a complete dub, with addresses that open from now on.</summary>
internal sealed class FinalAnswers(ResultUrls addresses)
{
    /// <summary>The answer.</summary>
    /// <param name="order">What was asked for.</param>
    /// <param name="response">What came of it.</param>
    /// <param name="publicBase">Where the reader reaches the service.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<FinalAnswer> OfAsync(DubOrder order, FinalResponse response, Uri publicBase, CancellationToken ct) => new()
    {
        Progress = DubStage.Complete.ToWire(),
        Stage = DubStage.Complete.ToWord(),
        Percent = 100,
        RequestId = order.RequestId,
        UserId = order.UserId,
        ProjectId = order.ProjectId,
        FromLang = response.FromLang,
        ToLang = order.ToLang,
        ToRegion = order.ToRegion,
        SourceVideoUrl = order.SourceVideoUrl,
        ResultUrl = await addresses.ResultAsync(order, response, publicBase, ct),
        DownloadUrl = await addresses.DownloadAsync(order, response, publicBase, ct),
        Subtitles = await addresses.SubtitlesAsync(order, response, publicBase, ct),
        DurationSeconds = response.DurationSeconds,
        Warnings = response.Warnings,
        Report = response.Report,
    };
}
