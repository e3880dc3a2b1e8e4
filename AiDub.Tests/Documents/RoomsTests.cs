namespace AiDub.Tests.Documents;

/// <summary>docs/architecture.md tells of every room that there is, and of no other.</summary>
public sealed class RoomsTests
{
    private static readonly string[] NoRooms = ["bin", "obj", "wwwroot"];

    [TestCase("AiDub.Domain")]
    [TestCase("AiDub.Jobs")]
    [TestCase("AiDub.Jobs/Dubbing")]
    [TestCase("AiDub.Api")]
    public void Every_room_is_in_the_table(string house)
    {
        var table = Repository.Read("docs/architecture.md").Split($"### `{house}`\n")[1].Split("\n#")[0];
        var told = table.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]);

        var rooms = Directory.EnumerateDirectories(Repository.File(house)).Select(folder => Path.GetFileName(folder)).Except(NoRooms);

        Assert.That(told, Is.EquivalentTo(rooms), $"say in docs/architecture.md what each room of {house} is for");
    }
}
