namespace AiDub.Tests.Page;

/// <summary>Who has no video at hand dubs the sample.</summary>
public sealed class SampleTests : PageTest
{
    [Test]
    public async Task One_click_dubs_the_sample()
    {
        await OpenAsync();

        await Page.ClickAsync("#sample");

        await Tab.SeeAsync("#result");
        Assert.That(await Page.TextContentAsync("#dub-title"), Is.EqualTo("talk.mp4"));
    }
}
