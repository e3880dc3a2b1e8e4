using System.Text.RegularExpressions;

namespace AiDub.Tests.Documents;

/// <summary>docs/architecture.md tells of every room that there is and of no other, and draws what rooms know of each other.</summary>
public sealed partial class RoomsTests
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

    [Test]
    public void Every_room_of_the_jobs_knows_only_what_the_drawing_leads_to()
    {
        var drawing = Drawing();
        var rooms = Directory.EnumerateDirectories(Repository.File("AiDub.Jobs")).Where(f => !NoRooms.Contains(Path.GetFileName(f)));

        var undrawn = from room in rooms
                      from file in Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories)
                      from known in Use().Matches(File.ReadAllText(file)).Select(m => m.Groups["room"].Value)
                      let name = Path.GetFileName(room)
                      where known != name && !(drawing.GetValueOrDefault(name)?.Contains(known) ?? false)
                      select $"{name} -> {known}";

        Assert.That(undrawn.Distinct(), Is.Empty, "draw it in docs/architecture.md, or let the one room not know the other");
    }

    // Each room with all that its arrows lead to, also by way of others. Rooms in one box may know each other.
    private static Dictionary<string, HashSet<string>> Drawing()
    {
        var lines = Repository.Read("docs/architecture.md").Split("subgraph jobs[")[1].Split("\n    end\n")[0].Split('\n')[1..];
        var boxes = lines.SelectMany(l => Box().Matches(l)).DistinctBy(m => m.Groups["id"].Value)
            .ToDictionary(m => m.Groups["id"].Value, m => m.Groups["rooms"].Value.Split(", "));
        var arrows = lines.Select(l => Box().Replace(l, "${id}").Split(" --> ", StringSplitOptions.TrimEntries))
            .SelectMany(chain => chain.Zip(chain.Skip(1))).ToLookup(arrow => arrow.First, arrow => arrow.Second);
        return boxes.SelectMany(box => box.Value.Select(room => (Room: room, Knows: Reached(box.Key).SelectMany(id => boxes[id]))))
            .ToDictionary(r => r.Room, r => r.Knows.ToHashSet());

        IEnumerable<string> Reached(string id) => arrows[id].SelectMany(Reached).Append(id);
    }

    [GeneratedRegex(@"(?<id>\w+)\[""(?<rooms>[^""]+)""\]", RegexOptions.NonBacktracking)]
    private static partial Regex Box();

    [GeneratedRegex(@"\busing (static )?AiDub\.Jobs\.(?<room>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Use();
}
