using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Tools;

namespace AiDub.Tests.Jobs.Dubbing.Attempts;

/// <summary>A span says by a name that stays the same what it failed of.</summary>
public sealed class FaultNameTests
{
    private static readonly TestCaseData[] Errors =
    [
        new TestCaseData(new PermanentDubException(FailureCode.EngineQuota)).Returns("engine_quota"),
        new TestCaseData(new SupersededException(Guid.Empty, 1)).Returns("superseded"),
        new TestCaseData(new TaskCanceledException()).Returns("stopped"),
        new TestCaseData(new TransientDubException("Away.") { Outage = new Outage(Dependency.Engine, "x") }).Returns("engine_unavailable"),
        new TestCaseData(new IOException("full", 28)).Returns("storage_full"),
        new TestCaseData(new ToolFailedException("ffmpeg", 1, "av_interleaved_write_frame(): No space left on device"))
            .Returns("storage_full"),
        new TestCaseData(new ToolFailedException("ffmpeg", 128 + 24, "")).Returns("tool_timeout"),
        new TestCaseData(new ToolFailedException("ffmpeg", 128 + 9, "")).Returns("tool_killed"),
        new TestCaseData(new ToolFailedException("ffmpeg", 187, "")).Returns("tool_failed"),
        new TestCaseData(new TransientDubException("It answered nonsense.")).Returns("transient"),
        new TestCaseData(new InvalidOperationException("a path")).Returns("_OTHER"),
    ];

    [TestCaseSource(nameof(Errors))]
    public string A_span_is_told_a_name(Exception error) => FaultName.Of(error);
}
