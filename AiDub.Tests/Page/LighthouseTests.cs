namespace AiDub.Tests.Page;

/// <summary>What of Lighthouse's judgement does not hang on how busy the machine is; its speed is in <c>./aidub bench page</c>.</summary>
public sealed class LighthouseTests
{
    [TestCase("")]
    [TestCase("#")]
    [Category("Long")]
    public async Task The_form_and_a_finished_dub_are_accessible_and_follow_good_practice(string fragment)
    {
        if (fragment == "#")
            fragment += await QuickDub.MakeAsync(PageSite.Server, PageSite.Clip, "Buenos días.", "La casa es roja.");

        var (scores, faults) = await Lighthouse.MeasureAsync(
            new Uri(PageSite.Server.BaseAddress, fragment), "accessibility", "best-practices");

        TestContext.Out.WriteLine(string.Join(", ", scores.Select(score => $"{score.Key} {score.Value}")));
        Assert.That(scores.Values, Is.All.GreaterThanOrEqualTo(95), string.Join(", ", faults));
    }
}
