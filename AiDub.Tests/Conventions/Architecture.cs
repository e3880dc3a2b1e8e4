using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace AiDub.Tests.Conventions;

/// <summary>The rooms of the product as they are compiled, and which type of which room knows which.</summary>
internal static class Architecture
{
    // A room is a folder of a project; that of the work on dubs is so large that its own folders are rooms.
    private const string Dubbing = "AiDub.Jobs.Dubbing";

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader()
        .LoadAssemblies(
            typeof(AiDub.Domain.Dubbing.DubOrder).Assembly,
            typeof(AiDub.Jobs.Dubbing.DubbingJob).Assembly,
            typeof(AiDub.Api.Wire.WireJson).Assembly)
        .Build();

    /// <summary>Every type of a namespace and those below it, without what the compiler makes for itself.</summary>
    public static IEnumerable<IType> Of(string space) =>
        Loaded.Types.Where(type => type.Namespace is not null && IsIn(type.Namespace.FullName, space));

    /// <summary>Whether one namespace is another or lies in it.</summary>
    public static bool IsIn(string space, string other) =>
        space == other || space.StartsWith(other + ".", StringComparison.Ordinal);

    /// <summary>The room of a namespace, such as <c>AiDub.Jobs.Storage</c>; null outside the product.</summary>
    public static string? RoomOf(string space)
    {
        var parts = space.Split('.');
        if (parts is not ["AiDub", "Domain" or "Jobs" or "Api", ..])
            return null;
        return string.Join('.', parts.Take(IsIn(space, Dubbing) ? 4 : 3));
    }

    /// <summary>Which room knows which of the same project, each with one type that does and the type that it knows.</summary>
    public static IReadOnlyDictionary<(string From, string To), string> Arrows(string project)
    {
        var found = new SortedDictionary<(string From, string To), string>();
        foreach (var type in Of(project))
        {
            var from = RoomOf(type.Namespace.FullName)!;
            foreach (var target in type.Dependencies.Select(d => d.Target).Where(t => t.Namespace is not null
                && IsIn(t.Namespace.FullName, project)))
            {
                if (RoomOf(target.Namespace.FullName) is { } to && to != from)
                    found.TryAdd((from, to), $"{type.Name} knows {target.Name}");
            }
        }
        return found;
    }
}
