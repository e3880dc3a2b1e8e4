using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using Microsoft.Extensions.Time.Testing;

namespace AiDub.Tests;

/// <summary>Valid values that tests start from.</summary>
internal static class Samples
{
    /// <summary>A clock that stands still, its timers too, until it is moved.</summary>
    public static FakeTimeProvider Clock() => new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static DubOrder Order(Guid? requestId = null, long userId = 51) => new()
    {
        RequestId = requestId ?? Guid.NewGuid(),
        UserId = userId,
        ProjectId = "ryan",
        SourceVideoUrl = "https://bucket.s3.amazonaws.com/My+Video.mp4",
        ToLang = "es",
    };

    public static FinalResponse Response() => new()
    {
        ResultKey = "results/51/x/dubbed.mp4",
        SrtKey = "results/51/x/subtitles.es.srt",
        VttKey = "results/51/x/subtitles.es.vtt",
        FromLang = "en",
        DurationSeconds = 12.5,
        Warnings = [new DubWarning(WarningCode.SameLanguage, "Source and target are the same language.")],
        Report = new DubReport { Recognizer = "PocketSphinx", StepSeconds = new Dictionary<string, double> { ["fetch"] = 0.25 } },
    };
}
