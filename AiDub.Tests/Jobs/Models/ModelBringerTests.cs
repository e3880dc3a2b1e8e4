using AiDub.Jobs.Models;
using AiDub.Jobs.Models.Bringing;

namespace AiDub.Tests.Jobs.Models;

/// <summary>Models come whole, unharmed and from where they should, or not at all.</summary>
public sealed class ModelBringerTests : ModelBench
{
    [Test]
    public async Task A_model_comes_by_way_of_another_origin_and_is_remembered()
    {
        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(Hub.Hub.Asked, Is.EqualTo(new[] { "/owner/name/resolve/main/sub/model.bin" }));
        Assert.That(
            ModelsLock.Read(Folder.Root!).Files[Name], Is.EqualTo(new LockedFile(Hub.Hash, Hub.Content.Length, "owner/name@main")));
        Assert.That(Directory.GetFiles(Folder.Root!).Select(Path.GetFileName), Has.None.Contains(".part"));
        Assert.That(Progress.Told, Is.Ordered.And.Some.EqualTo(Hub.Content.Length));
    }

    [Test]
    public async Task A_token_is_sent_to_the_hub_and_to_nobody_that_it_leads_to()
    {
        Options.Token = "hf_secret";

        await GetAsync();

        Assert.That(Hub.Hub.Sent(0, "authorization"), Is.EqualTo("Bearer hf_secret"));
        Assert.That(Hub.Store.Sent(0, "authorization"), Is.Null);
    }

    [Test]
    public async Task What_is_here_is_not_asked_for_again()
    {
        await GetAsync();

        await GetAsync();

        Assert.That(Hub.Hub.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task What_was_damaged_here_is_brought_again()
    {
        await GetAsync();
        await File.WriteAllTextAsync(Place, "damaged");

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
    }

    [Test]
    public async Task What_was_put_here_by_hand_and_is_right_is_only_remembered()
    {
        await File.WriteAllBytesAsync(Place, Hub.Content);

        await GetAsync();

        Assert.That(ModelsLock.Read(Folder.Root!).Files[Name].Sha256, Is.EqualTo(Hub.Hash));
        Assert.That(Progress.Told, Is.Empty);
    }

    [Test]
    public void Other_bytes_than_the_hub_spoke_of_are_refused_and_not_kept()
    {
        Hub.LinkedTag = new string('a', 64);

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("is not model.bin"));
        Assert.That(Directory.GetFiles(Folder.Root!), Is.Empty);
    }

    [Test]
    public async Task A_file_system_that_does_not_say_how_much_is_free_is_not_taken_for_full()
    {
        Free = null;

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
    }

    [Test]
    public void A_hub_that_has_another_file_than_the_catalogue_knows_is_not_believed()
    {
        Model = Model with { Files = [Model.Files[0] with { Sha256 = new string('b', 64) }] };

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("another file"));
        Assert.That(Directory.GetFiles(Folder.Root!), Is.Empty);
    }

    [Test]
    public async Task A_file_that_was_replaced_at_the_hub_is_refused_until_the_new_one_is_asked_for()
    {
        await GetAsync();
        var old = Brought;
        File.Delete(Place);
        Hub.Content = [.. Hub.Content.Reverse()];

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("--renew"));
        Assert.That(File.Exists(Place), Is.False);

        await GetAsync(new BringWish(Renew: true));
        Assert.That(Brought, Is.EqualTo(Hub.Content).And.Not.EqualTo(old));
    }

    [Test]
    public async Task A_mirror_that_says_nothing_when_it_leads_on_is_asked_for_the_pointer()
    {
        Hub.LinkedTag = null;

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(Hub.Hub.Asked.Last(), Is.EqualTo("/owner/name/raw/main/sub/model.bin"));
    }

    [Test]
    public void A_file_of_which_nobody_says_what_it_is_is_not_taken()
    {
        (Hub.LinkedTag, Hub.HasPointer) = (null, false);

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("does not say what"));
        Assert.That(File.Exists(Place), Is.False);
    }

    [Test]
    public async Task A_small_file_is_held_against_its_name_in_git()
    {
        (Hub.IsSmall, Hub.HasPointer, Hub.LinkedTag) = (true, false, Hub.GitHash);

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(ModelsLock.Read(Folder.Root!).Files[Name].Sha256, Is.EqualTo(Hub.Hash));
    }

    [Test]
    public void A_small_file_that_is_another_in_git_is_refused()
    {
        (Hub.IsSmall, Hub.HasPointer, Hub.LinkedTag) = (true, false, new string('c', 40));

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("is not model.bin"));
    }

    [TestCase(404, "has no sub/model.bin in owner/name at main")]
    [TestCase(401, "set Models__Token")]
    [TestCase(403, "set Models__Token")]
    [TestCase(400, "answered 400")]
    public void A_hub_that_refuses_is_asked_once(int status, string said)
    {
        (Hub.Refusal, Options.Token) = ((status, 10), "hf_secret");

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains(said).And.Message.Not.Contains("hf_secret"));
        Assert.That(Hub.Hub.Accepted, Is.EqualTo(1));
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task A_hub_that_is_busy_is_asked_again(int status)
    {
        Hub.Refusal = (status, 2);

        await GetAsync();

        Assert.That(Brought, Is.EqualTo(Hub.Content));
    }

    [Test]
    public void A_hub_that_stays_busy_is_left_alone_in_the_end()
    {
        (Hub.Refusal, Options.Retries) = ((503, 100), 3);

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("answered 503"));
        Assert.That(Hub.Hub.Accepted, Is.EqualTo(4));
    }

    [Test]
    public async Task Terms_are_to_be_accepted_before_anything_is_asked_for()
    {
        Model = Model with { Terms = new ModelTerms("Some Terms", "https://terms.example") };

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("https://terms.example"));
        Assert.That(Hub.Hub.Accepted, Is.Zero);

        await GetAsync(new BringWish(Accept: true));
        Assert.That(Brought, Is.EqualTo(Hub.Content));
    }

    [Test]
    public void Without_room_nothing_is_written()
    {
        Free = 256L << 20;

        Assert.That(() => GetAsync(), Throws.TypeOf<ModelException>().With.Message.Contains("no room"));
        Assert.That(Directory.GetFiles(Folder.Root!), Is.Empty);
    }

    [Test]
    public async Task A_folder_that_holds_the_files_by_name_does_as_well_as_the_hub()
    {
        var source = Directory.CreateDirectory(PathOf("stick")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(source, Name), Hub.Content);

        await GetAsync(new BringWish(From: source));

        Assert.That(Brought, Is.EqualTo(Hub.Content));
        Assert.That(ModelsLock.Read(Folder.Root!).Files[Name], Is.EqualTo(new LockedFile(Hub.Hash, Hub.Content.Length, source)));
        Assert.That(Hub.Hub.Accepted, Is.Zero);
    }

    [Test]
    public async Task A_folder_with_another_file_of_that_name_is_refused()
    {
        Model = Model with { Files = [Model.Files[0] with { Sha256 = Hub.Hash }] };
        var source = Directory.CreateDirectory(PathOf("stick")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, Name), "something else");

        Assert.That(() => GetAsync(new BringWish(From: source)), Throws.TypeOf<ModelException>().With.Message.Contains("is not model.bin"));
        Assert.That(
            () => GetAsync(new BringWish(From: PathOf("nowhere"))), Throws.TypeOf<ModelException>().With.Message.Contains("there is no"));
        Assert.That(File.Exists(Place), Is.False);
    }

    [Test]
    public async Task Another_hub_can_be_named()
    {
        Options.Hub = "http://127.0.0.1:9";

        await GetAsync(new BringWish(From: Hub.Address));

        Assert.That(Brought, Is.EqualTo(Hub.Content));
    }

    [Test]
    public async Task Where_what_was_remembered_cannot_be_read_no_model_is_used_and_nothing_fails()
    {
        await File.WriteAllBytesAsync(Place, [1, 2, 3]);
        Assert.That(Folder.Of("Whisper"), Has.Count.EqualTo(1));

        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(Place)!, "models.lock.json"), "{ half of");

        Assert.That(Folder.Of("Whisper"), Is.Empty);
    }
}
