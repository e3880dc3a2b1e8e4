using AiDub.Api.Languages;
using AiDub.Api.Views;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Dubs;

/// <summary>Makes the answer for a dub in any state, with addresses that open from now on.</summary>
internal sealed class DubAnswers(ResultUrls addresses, DubViews views)
{
    /// <summary>The answer.</summary>
    /// <param name="dub">The dub.</param>
    /// <param name="publicBase">Where the reader reaches the service.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<DubAnswer> OfAsync(DubView dub, Uri publicBase, CancellationToken ct) =>
        (await OfAllAsync([dub], publicBase, ct))[0];

    /// <summary>The answers, in the order of the dubs.</summary>
    /// <param name="dubs">The dubs.</param>
    /// <param name="publicBase">Where the reader reaches the service.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<IReadOnlyList<DubAnswer>> OfAllAsync(IReadOnlyList<DubView> dubs, Uri publicBase, CancellationToken ct)
    {
        var kept = await KeptAsync(dubs, ct);
        var answers = new List<DubAnswer>();
        foreach (var dub in dubs)
        {
            var answer = await OneAsync(dub, publicBase, ct);
            answers.Add(dub.Order.Batch is { } batch ? answer with { RequestIds = [.. batch.Requests.Where(kept.Contains)] } : answer);
        }
        return answers;
    }

    // An order keeps the ids that it began with, and a dub can be deleted or outlive its time since.
    private async Task<HashSet<Guid>> KeptAsync(IReadOnlyList<DubView> dubs, CancellationToken ct)
    {
        var kept = dubs.Select(dub => dub.Order.RequestId).ToHashSet();
        var others = dubs.SelectMany(dub => dub.Order.Batch?.Requests ?? []).Where(id => !kept.Contains(id)).Distinct().ToList();
        kept.UnionWith(await views.ThereAreAsync(others, ct));
        return kept;
    }

    private async Task<DubAnswer> OneAsync(DubView dub, Uri publicBase, CancellationToken ct)
    {
        var answer = dub.Response is { } response ? await MadeAsync(Common(dub), dub, response, publicBase, ct) : Common(dub);
        return dub.State == DubState.Complete ? answer : Underway(answer, dub.Progress!);
    }

    private async Task<DubAnswer> MadeAsync(DubAnswer answer, DubView dub, FinalResponse response, Uri publicBase, CancellationToken ct)
    {
        // What is rendered again has its old result until it has a new one.
        var made = dub.Record?.Order ?? dub.Order;
        return answer with
        {
            FromLang = response.FromLang,
            ResultUrl = await addresses.ResultAsync(made, response, publicBase, ct),
            DownloadUrl = await addresses.DownloadAsync(made, response, publicBase, ct),
            Subtitles = await addresses.SubtitlesAsync(made, response, publicBase, ct),
            DurationSeconds = response.DurationSeconds,
            Warnings = response.Warnings,
            Report = response.Report,
            Revision = made.Revision,
            SubtitlesMode = made.Subtitles.ToWire(),
            EditableUntil = dub.Record?.EditableUntil,
        };
    }

    private static DubAnswer Common(DubView dub)
    {
        var (order, stage) = (dub.Order, dub.Progress?.Stage ?? DubStage.Complete);
        return new()
        {
            RequestId = order.RequestId,
            UserId = order.UserId,
            ProjectId = order.ProjectId,
            FromLang = order.FromLang,
            ToLang = order.ToLang,
            ToRegion = order.ToRegion,
            SourceVideoUrl = order.SourceVideoUrl,
            State = dub.Listed.ToWord(),
            Progress = stage.ToWire(),
            Stage = stage.ToWord(),
            Percent = dub.Progress?.Percent ?? 100,
            CreatedAt = dub.Cursor.CreatedAt,
            UpdatedAt = dub.UpdatedAt,
            FinishedAt = dub.FinishedAt,
        };
    }

    private static DubAnswer Underway(DubAnswer answer, DubProgress dub) => dub.Exception is { } why
        ? answer with
        {
            Error = new DubErrorAnswer(why, dub.ExceptionCode?.Value),
            RetryableUntil = dub.IsCancelled ? null : dub.KeptUntil,
        }
        : answer with
        {
            Step = dub.Activity?.Step,
            SegmentsDone = dub.Activity?.SegmentsDone,
            SegmentsTotal = dub.Activity?.SegmentsTotal,
            EtaSeconds = dub.Activity?.EtaSeconds,
            WaitingFor = dub.Activity?.Wait?.For,
            WaitingMessage = dub.Activity?.Wait?.Message,
            WaitingSince = dub.Activity?.Wait?.Since,
            Warnings = answer.Warnings ?? dub.Activity?.Warnings,
        };
}
