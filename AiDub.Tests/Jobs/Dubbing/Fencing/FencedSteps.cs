using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>Steps that write every kind of artifact that the real ones write, in no time; each says which attempt made it.</summary>
internal static class FencedSteps
{
    private const int Segments = 2;

    /// <summary>The steps; <paramref name="before"/> is called as each begins.</summary>
    public static IDubStep[] Make(Func<string, DubContext, Task> before) =>
    [
        new Step("fetch", before, FetchAsync),
        new Step("transcribe", before, TranscribeAsync),
        new Step("translate", before, TranslateAsync),
        new Step("speak", before, SpeakAsync),
        new Step("fit", before, FitAsync),
        new Step("render", before, RenderAsync),
    ];

    private static string By(DubContext context) => $"by attempt {context.Claimed.Attempt}";

    private static async Task FetchAsync(DubContext context)
    {
        await context.Artifacts.WriteTextAsync(
            ObjectKeys.Source(context.SourceId), "picture " + By(context), "application/octet-stream", default);
        var media = new SourceMedia { Container = Container.Mp4, DurationSeconds = 5, Audio = new AudioStream(1, "aac", 2) };
        await context.Artifacts.WriteAsync(ObjectKeys.Media(context.SourceId), media, default);
    }

    private static async Task TranscribeAsync(DubContext context)
    {
        await context.Artifacts.WriteAsync(
            ObjectKeys.Transcript(context.SourceId),
            new Transcript("en", By(context), [new Segment(0, 1, 2, By(context)), new Segment(1, 3, 4, By(context))]),
            default);
        await context.Artifacts.WriteAsync(ObjectKeys.Speakers(context.SourceId), new SpeakerMap([], ["S1", "S1"]), default);
    }

    private static async Task TranslateAsync(DubContext context)
    {
        var said = await context.Artifacts.ReadAsync<Transcript>(ObjectKeys.Transcript(context.SourceId), default);
        if (context.Revision > 0)
            await context.Artifacts.WriteAsync(context.TranscriptKey, said, default);
        await context.Ledger("Fake").KeepAsync("part", By(context), default);
        context.Ledger("Fake").Spend(1, 10, 0);
        await context.Artifacts.WriteAsync(
            ObjectKeys.Translation(context.RequestId, context.Revision),
            new Translation("es", By(context), [.. said.Segments.Select(s => s with { Text = $"{s.Text} {By(context)}" })]),
            default);
    }

    private static async Task SpeakAsync(DubContext context)
    {
        var spoken = new List<SpokenSegment>();
        for (var i = 0; i < Segments; i++)
        {
            var part = ObjectKeys.SpokenPart(context.RequestId, i, context.Revision);
            if (await context.Artifacts.TryReadAsync<SpokenSegment>(part, default) is not { } before)
            {
                before = new SpokenSegment(
                    i, await PutSpeechAsync(context, ObjectKeys.Speech(context.RequestId, i, context.Revision)), 1, "es");
                await context.Artifacts.WriteAsync(part, before, default);
            }
            spoken.Add(before);
        }
        await context.Artifacts.WriteAsync(
            ObjectKeys.SpeechList(context.RequestId, context.Revision), new SpokenTranslation("Fake", spoken), default);
    }

    private static async Task FitAsync(DubContext context)
    {
        var spoken = await context.Artifacts.ReadAsync<SpokenTranslation>(
            ObjectKeys.SpeechList(context.RequestId, context.Revision), default);
        var shorter = await PutSpeechAsync(context, ObjectKeys.ShorterSpeech(context.RequestId, 1, context.Revision));
        await context.Artifacts.WriteAsync(
            ObjectKeys.Timeline(context.RequestId, context.Revision),
            new Timeline
            {
                VideoSeconds = 5,
                Timing = new TimingReport(),
                Segments = [Placed(spoken.Segments[0].Key, 0), Placed(shorter, 1)],
            },
            default);
    }

    private static TimelineSegment Placed(string key, int index) => new()
    {
        Index = index,
        Start = index,
        End = index + 1,
        OriginalStart = index,
        OriginalEnd = index + 1,
        Tempo = 1,
        Stretch = 1,
        Key = key,
        Voice = "es",
        Text = "Hola.",
    };

    private static async Task<string> PutSpeechAsync(DubContext context, string name)
    {
        var wav = context.Artifacts.NewFile(".wav");
        await File.WriteAllTextAsync(wav, "speech " + By(context));
        return await context.Artifacts.PutPartAsync(name, wav, "audio/wav", default);
    }

    private static async Task RenderAsync(DubContext context)
    {
        var (order, artifacts, picture) = (context.Order, context.Artifacts, "dubbed " + By(context));
        await artifacts.RemoveAsync(
            ObjectKeys.Work(order.RequestId, order.Revision),
            key => key.EndsWith("/speech/0002.wav", StringComparison.Ordinal) && AttemptKeys.AttemptOf(key) == context.Claimed.Attempt,
            default);
        var rendered = new RenderedDub
        {
            ResultKey = artifacts.Own(ObjectKeys.Dubbed(order, ".mp4")),
            ResultBytes = picture.Length,
            SrtKey = artifacts.Own(ObjectKeys.Subtitles(order, ".srt")),
            VttKey = artifacts.Own(ObjectKeys.Subtitles(order, ".vtt")),
            DurationSeconds = 5,
            Loudness = new LoudnessReport(-20, -20, -2),
        };
        await artifacts.WriteTextAsync(rendered.ResultKey, picture, "video/mp4", default);
        await artifacts.WriteTextAsync(rendered.SrtKey, By(context), "application/x-subrip", default);
        await artifacts.WriteTextAsync(rendered.VttKey, By(context), "text/vtt", default);
        await artifacts.WriteAsync(ObjectKeys.Rendered(order.RequestId, order.Revision), rendered, default);
    }

    private sealed class Step(string name, Func<string, DubContext, Task> before, Func<DubContext, Task> work) : IDubStep
    {
        public string Name => name;

        public async Task RunAsync(DubContext context, CancellationToken ct)
        {
            await before(name, context);
            await work(context);
        }
    }
}
