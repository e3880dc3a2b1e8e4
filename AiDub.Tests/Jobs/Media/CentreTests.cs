using AiDub.Domain.Audio;
using AiDub.Domain.Speech;

namespace AiDub.Tests.Jobs.Media;

/// <summary>What is left of the original's voice and of its music under a dub.</summary>
public sealed class CentreTests
{
    private static readonly MixOptions Mix = new();
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase(1.0)]
    [TestCase(0.6)]
    public async Task With_the_voice_out_of_the_middle_less_of_it_is_left_and_more_of_the_music(double width)
    {
        var scene = await StereoScene.MakeAsync(_bench, 0, width);
        var analyzer = Analyze(scene, Mix);
        var (whole, without) = (Levels(scene, Plan(Mix).Whole), Levels(scene, analyzer.Lowered));

        TestContext.Out.WriteLine($"music of width {width}: {analyzer.Centre}");
        TestContext.Out.WriteLine(
            $"before: original voice {whole.Voice:0.0} dB, music under the dub {whole.Music:0.0} dB, music between "
                + $"{whole.Between:0.00} dB");
        TestContext.Out.WriteLine(
            $"after:  original voice {without.Voice:0.0} dB, music under the dub {without.Music:0.0} dB, music between "
                + $"{without.Between:0.00} dB");
        Assert.That(analyzer.TakesOutCentre, Is.True);
        Assert.That(without.Voice, Is.LessThan(whole.Voice).And.LessThan(-20));
        Assert.That(without.Music, Is.GreaterThan(whole.Music + 5).And.GreaterThan(-12));
        Assert.That(without.Between, Is.EqualTo(0).Within(0.5));
    }

    [TestCase(0, 0.0, TestName = "Mono")]
    [TestCase(0, 0.1, TestName = "Nearly mono")]
    [TestCase(-1, 1.0, TestName = "A voice on the left")]
    [TestCase(0.5, 1.0, TestName = "A voice half to the right")]
    public async Task Where_that_does_not_help_the_whole_is_lowered(double pan, double width)
    {
        var scene = await StereoScene.MakeAsync(_bench, pan, width);

        var analyzer = Analyze(scene, Mix);

        TestContext.Out.WriteLine(analyzer.Centre);
        Assert.That(analyzer.TakesOutCentre, Is.False);
        Assert.That(Levels(scene, analyzer.Lowered).Voice, Is.EqualTo(-18).Within(0.5));
    }

    [Test]
    public async Task It_can_be_switched_off()
    {
        var scene = await StereoScene.MakeAsync(_bench, 0, 1);

        Assert.That(Analyze(scene, new MixOptions { CentreDb = 0 }).TakesOutCentre, Is.False);
    }

    [Test]
    public async Task It_helps_where_nobody_is_ever_silent()
    {
        var scene = await StereoScene.MakeAsync(_bench, 0, 1);
        var (start, end) = StereoScene.Spoken[0];
        var spoken = scene.Sum[(int)(2 * start * StereoScene.Rate)..(int)(2 * end * StereoScene.Rate)];
        var analyzer = new MixAnalyzer(
            StereoScene.Rate, 2, new LoweringPlan(2, StereoScene.Rate, [new AudioSpan(0, end - start)], [], Mix));
        analyzer.Add(spoken, new float[spoken.Length / 2]);

        Assert.That(analyzer.TakesOutCentre, Is.True, $"{analyzer.Centre}");
    }

    private static LoweringPlan Plan(MixOptions mix) => new(2, StereoScene.Rate, StereoScene.Spoken, StereoScene.Spoken, mix);

    private static MixAnalyzer Analyze(StereoScene scene, MixOptions mix)
    {
        var analyzer = new MixAnalyzer(StereoScene.Rate, 2, Plan(mix));
        analyzer.Add(scene.Sum, new float[scene.Voice.Length / 2]);
        return analyzer;
    }

    // What is done to the sum is done to its parts: the levels are those of voice and music within the mix.
    private static (double Voice, double Music, double Between) Levels(StereoScene scene, Func<LoweredOriginal> lowered)
    {
        var (voice, music) = (scene.Voice.ToArray(), scene.Music.ToArray());
        lowered().Process(voice);
        lowered().Process(music);
        AudioSpan[] between = [new(0.2, 1.7), new(8.4, 9.9)];
        return (
            StereoScene.Decibels(StereoScene.Power(voice, StereoScene.Spoken), StereoScene.Power(scene.Voice, StereoScene.Spoken)),
            StereoScene.Decibels(StereoScene.Power(music, StereoScene.Spoken), StereoScene.Power(scene.Music, StereoScene.Spoken)),
            StereoScene.Decibels(StereoScene.Power(music, between), StereoScene.Power(scene.Music, between)));
    }
}
