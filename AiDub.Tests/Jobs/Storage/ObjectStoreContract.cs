using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What every object store must do.</summary>
public abstract class ObjectStoreContract
{
    private TestData _data = null!;

    protected abstract IObjectStore Store { get; }

    protected string Prefix { get; private set; } = "";

    [SetUp]
    public void MakeFolder()
    {
        _data = new TestData();
        Prefix = $"work/{Guid.NewGuid():D}/";
    }

    [TearDown]
    public void RemoveFolder() => _data.Dispose();

    [Test]
    public async Task What_is_put_can_be_read_sized_and_listed()
    {
        await PutAsync("speech/0002.wav", "two");
        await PutAsync("speech/0001.wav", "one!");
        await PutAsync("transcript.json", "{}");

        Assert.That(await Store.SizeAsync(Prefix + "speech/0001.wav", default), Is.EqualTo(4));
        Assert.That(
            await Store.ListAsync(Prefix + "speech/", default),
            Is.EqualTo(new[] { Prefix + "speech/0001.wav", Prefix + "speech/0002.wav" }));
        var path = await Store.MaterializeAsync(Prefix + "speech/0002.wav", _data.Root, default);
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("two"));
    }

    [Test]
    public async Task A_second_put_replaces_the_first()
    {
        await PutAsync("a.json", "first");
        await PutAsync("a.json", "second one");

        var path = await Store.MaterializeAsync(Prefix + "a.json", _data.Root, default);
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("second one"));
    }

    [Test]
    public async Task What_was_never_put_has_no_size_and_cannot_be_read()
    {
        Assert.That(await Store.SizeAsync(Prefix + "nothing", default), Is.Null);
        Assert.That(await Store.ListAsync(Prefix, default), Is.Empty);
        Assert.That(
            async () => await Store.MaterializeAsync(Prefix + "nothing", _data.Root, default), Throws.TypeOf<FileNotFoundException>());
    }

    [Test]
    public async Task What_lies_below_a_prefix_is_measured()
    {
        await PutAsync("speech/0001.wav", "one");
        await PutAsync("speech/0002.wav", "three");
        await PutAsync("speeches", "another");

        Assert.That(await Store.MeasureAsync(Prefix + "speech/", default), Is.EqualTo(8));
        Assert.That(await Store.MeasureAsync(Prefix + "speech", default), Is.EqualTo(15));
        Assert.That(await Store.MeasureAsync(Prefix + "nothing/", default), Is.Zero);
    }

    [Test]
    public async Task A_deleted_object_is_gone_and_deleting_it_again_is_no_error()
    {
        await PutAsync("speech/0001.wav", "x");

        await Store.DeleteAsync(Prefix + "speech/0001.wav", default);
        await Store.DeleteAsync(Prefix + "speech/0001.wav", default);

        Assert.That(await Store.ListAsync(Prefix, default), Is.Empty);
    }

    [Test]
    public async Task What_is_put_and_opened_at_once_is_stored_and_can_be_read_here()
    {
        var path = _data.Write("speech.wav", "sound");

        var here = await Store.PutAndOpenAsync(Prefix + "speech/0001.wav", path, "audio/wav", _data.Root, default);

        Assert.That(await File.ReadAllTextAsync(here), Is.EqualTo("sound"));
        Assert.That(await Store.SizeAsync(Prefix + "speech/0001.wav", default), Is.EqualTo(5));
    }

    [Test]
    public async Task Objects_that_are_deleted_together_are_gone_and_those_that_were_not_there_are_no_error()
    {
        foreach (var name in (string[])["a.json", "speech/ä & <ö>.wav", "stays.json"])
            await PutAsync(name, "x");

        await Store.DeleteAsync([Prefix + "a.json", Prefix + "never.json", Prefix + "speech/ä & <ö>.wav"], default);
        await Store.DeleteAsync([], default);

        Assert.That(await Store.ListAsync(Prefix, default), Is.EqualTo(new[] { Prefix + "stays.json" }));
    }

    protected async Task PutAsync(string name, string text) =>
        await Store.PutAsync(Prefix + name, _data.Write(Guid.NewGuid().ToString("N"), text), "application/octet-stream", default);
}
