using System.Reflection;

namespace AiDub.Tests.Conventions;

/// <summary>Data and knowledge flow one way: between rooms, between projects, and from what is ours to what is not.</summary>
public sealed class ArchitectureTests
{
    // The floors of each project, the lowest first: a room may know those of the floors below it. A new room needs a place here.
    private static readonly Dictionary<string, string[]> Floors = new()
    {
        ["AiDub.Domain"] =
        [
            "Errors, Languages, Numerics, Sources, Timing",
            "Speakers",
            "Media, Speech",
            "Audio, Dubbing, Editing, Estimates, Subtitles",
            "Callbacks",
            "Ports",
        ],
        ["AiDub.Jobs"] =
        [
            "Settings",
            "Leases, Telemetry",
            "Tools",
            "Outages",
            "Models, Storage",
            "Fetching, Queueing, Uploads",
            "Media",
            "Engines, Estimates",
            "Dubbing.Artifacts",
            "Dubbing.Attempts, Dubbing.Intake",
            "Dubbing.Retention, Dubbing.Steps",
            "Dubbing.Editing, Dubbing.Publishing, Quotas",
            "Dubbing.Running",
            "Dubbing",
            "Hosting",
        ],
        ["AiDub.Api"] =
        [
            "Wire",
            "Errors, Http",
            "Auth",
            "Endpoints, Limits",
            "OpenApi, Page, Views",
            "Callbacks, Dashboards, Dubs, Editing, Estimates, Events, Exports, Files, Languages, Progress, Sources, "
                + "Uploads, Usage, Voices",
            "Capabilities, Submitting",
            "",
        ],
    };

    // What lets a type reach beyond the memory of its process.
    private static readonly string[] Outside =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.Console", "System.Diagnostics.Process", "System.Environment",
        "System.Threading.Thread",
    ];

    private static readonly string[] Network = ["System.Net.Http", "System.Net.Sockets", "System.Net.Dns", "System.Net.WebSockets"];

    public static IEnumerable<string> Projects => Floors.Keys;

    [TestCaseSource(nameof(Projects))]
    public void A_room_knows_only_rooms_of_the_floors_below_it(string project)
    {
        var floor = FloorsOf(project);

        // A room without a floor is the other test's.
        var wrong = Architecture.Arrows(project).Where(arrow =>
            floor.TryGetValue(arrow.Key.To, out var to) && floor.TryGetValue(arrow.Key.From, out var from) && to >= from);

        Assert.That(wrong.Select(arrow => $"{arrow.Key.From} must not know {arrow.Key.To}: {arrow.Value}"), Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void Every_room_has_its_floor(string project)
    {
        var rooms = Architecture.Of(project).Select(type => Architecture.RoomOf(type.Namespace.FullName)!).Distinct();

        Assert.That(FloorsOf(project).Keys, Is.EquivalentTo(rooms), "give each room its place in Floors, above the rooms that it knows");
    }

    [Test]
    public void The_domain_needs_no_package_and_does_no_input_or_output()
    {
        var packages = typeof(AiDub.Domain.Dubbing.DubOrder).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name != "netstandard");
        Assert.That(packages, Is.Empty);

        var reaching =
            from type in Architecture.Of("AiDub.Domain")
            from target in type.Dependencies.Select(d => d.Target.FullName)
            where Outside.Contains(target) || Network.Any(name => Architecture.IsIn(target, name))
            select $"{type.FullName} reaches outside by {target}";
        Assert.That(reaching.Distinct(), Is.Empty);
    }

    [TestCase("AiDub.Jobs.Dubbing", "Hangfire", "MongoDB", "Microsoft.Data.Sqlite", "Amazon", "Microsoft.AspNetCore", "System.Net.Http")]
    [TestCase("AiDub.Jobs.Media", "Hangfire", "MongoDB", "Microsoft.Data.Sqlite", "Amazon", "Microsoft.AspNetCore", "System.Net.Http")]
    [TestCase("AiDub.Jobs.Engines", "Hangfire", "MongoDB", "Microsoft.Data.Sqlite", "Amazon", "Microsoft.AspNetCore")]
    [TestCase("AiDub.Jobs.Storage", "Hangfire", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Http")]
    public void A_room_does_not_know_what_is_not_its_business(string room, params string[] foreign)
    {
        var known =
            from type in Architecture.Of(room)
            from target in type.Dependencies.Select(d => d.Target.FullName)
            where foreign.Any(name => Architecture.IsIn(target, name))
            select $"{type.FullName} knows {target}";

        Assert.That(known.Distinct(), Is.Empty);
    }

    [Test]
    public void An_engine_knows_no_other_engine()
    {
        // What all engines share lies beside them, and in these.
        string[] shared =
        [
            "AiDub.Jobs.Engines", "AiDub.Jobs.Engines.Chat", "AiDub.Jobs.Engines.Checking", "AiDub.Jobs.Engines.Native",
            "AiDub.Jobs.Engines.Recognition", "AiDub.Jobs.Engines.Remote",
        ];
        var known =
            from type in Architecture.Of("AiDub.Jobs.Engines")
            let engine = EngineOf(type.Namespace.FullName)
            where engine is not null && !shared.Contains(engine)
            from target in type.Dependencies.Select(d => d.Target).Where(t => t.Namespace is not null)
            let other = EngineOf(target.Namespace.FullName)
            where other is not null && other != engine && !shared.Contains(other)
            select $"{type.FullName} knows {target.FullName}";

        Assert.That(known.Distinct(), Is.Empty);
    }

    [Test]
    public void No_two_public_types_have_the_same_name()
    {
        var types = Floors.Keys.SelectMany(project => Assembly.Load(project).GetTypes())
            .Where(type => type.IsPublic && !type.IsNested)
            .GroupBy(type => type.Name.Split('`')[0])
            .Where(same => same.Select(type => type.FullName!.Split('`')[0]).Distinct().Count() > 1)
            .Select(same => string.Join(" and ", same.Select(type => type.FullName)));

        Assert.That(types, Is.Empty);
    }

    private static Dictionary<string, int> FloorsOf(string project) => Floors[project]
        .SelectMany((rooms, i) => rooms.Split(", ").Select(room => (Room: room.Length == 0 ? project : $"{project}.{room}", Floor: i)))
        .ToDictionary(row => row.Room, row => row.Floor);

    private static string? EngineOf(string space) =>
        Architecture.IsIn(space, "AiDub.Jobs.Engines") ? string.Join('.', space.Split('.').Take(4)) : null;
}
