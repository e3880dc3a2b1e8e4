namespace AiDub.Tests.Page;

/// <summary>The form that asks for a dub.</summary>
public sealed class FormTests : PageTest
{
    [Test]
    public async Task A_file_that_is_dropped_anywhere_is_chosen()
    {
        await OpenAsync();

        var dropped = await Page.EvaluateHandleAsync("""
            () => {
              const data = new DataTransfer();
              data.items.add(new File(['notes'], 'dropped.mp4', { type: 'video/mp4' }));
              return data;
            }
            """);
        await Page.DispatchEventAsync("main", "drop", new { dataTransfer = dropped });

        Assert.That(await Page.TextContentAsync("#file-name"), Is.EqualTo("dropped.mp4"));
        Assert.That(await Page.IsDisabledAsync("#address"), Is.True, "one video at a time");
    }

    [Test]
    public async Task Languages_are_the_services_own_with_drafts_told_apart()
    {
        await OpenAsync();

        var drafts = await Page.Locator("#to optgroup[label='Draft quality'] option").AllTextContentsAsync();
        Assert.That(drafts, Has.Some.StartsWith("Indonesian").And.All.EndsWith("(draft)"));
        Assert.That(await Page.TextContentAsync("#to-hint"), Is.Empty);
        await Page.SelectOptionAsync("#to", "id");

        Assert.That(await Page.TextContentAsync("#to-hint"), Does.StartWith("Indonesian is a draft"));
    }
}
