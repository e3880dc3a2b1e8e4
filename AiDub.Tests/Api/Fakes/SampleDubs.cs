using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Timing;

namespace AiDub.Tests.Api.Fakes;

/// <summary>Progress documents in every state.</summary>
public static class SampleDubs
{
    public const long User = 51;
    public const string Source = "https://bucket.s3.amazonaws.com/My+Video%20%2B.mp4";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static DubProgress Accepted(string? fromLang = null) => DubProgress.Accept(
        new DubOrder
        {
            RequestId = Guid.NewGuid(),
            UserId = User,
            ProjectId = "ryan",
            SourceVideoUrl = Source,
            FromLang = fromLang,
            ToLang = "es",
        },
        Now);

    public static DubProgress At(DubStage stage, int percent) =>
        (Accepted() with { Attempt = 2 }).Apply(new DubTransition.Advance(stage, percent), Now);

    public static DubProgress Failed(string code, string message) =>
        Accepted().Apply(new DubTransition.Fail(FailureCode.Of(code), message, Now.AddDays(7)), Now);

    public static DubProgress Complete()
    {
        var dub = At(DubStage.Rendering, 99);
        return dub.Apply(new DubTransition.Finish(Response(dub.Order), Now.AddDays(7)), Now);
    }

    private static FinalResponse Response(DubOrder order) => new()
    {
        ResultKey = ObjectKeys.Dubbed(order, ".mp4"),
        SrtKey = ObjectKeys.Subtitles(order, ".srt"),
        VttKey = ObjectKeys.Subtitles(order, ".vtt"),
        FromLang = "en",
        DurationSeconds = 31.5,
        Warnings = [new DubWarning(WarningCode.SpeechTooFast, "1 segment is hurried.")],
        Report = new DubReport
        {
            Segments = 9,
            Timing = new TimingReport { MaxTempo = 1.2 },
            StepSeconds = new Dictionary<string, double> { ["fetch"] = 0.5 },
        },
    };
}
