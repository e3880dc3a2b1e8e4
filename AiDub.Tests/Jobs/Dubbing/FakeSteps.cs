using AiDub.Domain.Dubbing;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing;

/// <summary>Steps that write what the real ones write, in no time.</summary>
internal static class FakeSteps
{
    /// <summary>One step a stage; <paramref name="before"/> is called with its name as it begins.</summary>
    public static IDubStep[] Make(Func<string, DubContext, CancellationToken, Task> before) =>
    [
        new FakeStep("transcribe", before, (context, ct) => context.Artifacts.WriteAsync(
            ObjectKeys.Transcript(context.SourceId), new Transcript("en", "Fake", [new Segment(0, 1, 2, "Hello.")]), ct)),
        new FakeStep("translate", before, (context, ct) => context.Artifacts.WriteAsync(
            ObjectKeys.Translation(context.RequestId), new Translation("es", "Fake", [new Segment(0, 1, 2, "Hola.")]), ct)),
        new FakeStep("speak", before, SpeakAsync),
        new FakeStep("render", before, RenderAsync),
    ];

    private static async Task SpeakAsync(DubContext context, CancellationToken ct)
    {
        var wav = context.Artifacts.NewFile(".wav");
        await File.WriteAllTextAsync(wav, "sound", ct);
        var key = await context.Artifacts.PutPartAsync(ObjectKeys.Speech(context.RequestId, 0), wav, "audio/wav", ct);
        await context.Artifacts.WriteAsync(
            ObjectKeys.SpeechList(context.RequestId),
            new SpokenTranslation("Fake", [new SpokenSegment(0, key, 1, "es")]),
            ct);
    }

    private static async Task RenderAsync(DubContext context, CancellationToken ct)
    {
        var key = context.Artifacts.Own(ObjectKeys.Dubbed(context.Order, ".mp4"));
        await context.Artifacts.WriteTextAsync(key, "picture", "video/mp4", ct);
        await context.Artifacts.WriteAsync(
            ObjectKeys.Timeline(context.RequestId), new Timeline { VideoSeconds = 3, Timing = new TimingReport(), Segments = [] }, ct);
        await context.Artifacts.WriteAsync(
            ObjectKeys.Rendered(context.RequestId),
            new RenderedDub
            {
                ResultKey = key,
                ResultBytes = 7,
                SrtKey = ObjectKeys.Subtitles(context.Order, ".srt"),
                VttKey = ObjectKeys.Subtitles(context.Order, ".vtt"),
                DurationSeconds = 3,
                Loudness = new LoudnessReport(-20, -20, -2),
            },
            ct);
    }

    private sealed class FakeStep(
        string name, Func<string, DubContext, CancellationToken,
        Task> before, Func<DubContext, CancellationToken, Task> work) : IDubStep
    {
        public string Name => name;

        public async Task RunAsync(DubContext context, CancellationToken ct)
        {
            await before(name, context, ct);
            await work(context, ct);
        }
    }
}
