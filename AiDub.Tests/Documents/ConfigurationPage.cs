using System.Reflection;
using System.Text;
using AiDub.Jobs.Settings;
using AiDub.Tests.Jobs.Settings;

namespace AiDub.Tests.Documents;

/// <summary>The tables of docs/configuration.md: every registered section, with the settings that its options class has.</summary>
internal static class ConfigurationPage
{
    /// <summary>Makes them.</summary>
    public static string Make()
    {
        var sections = Sections();
        var page = new StringBuilder();
        foreach (var section in sections)
        {
            var types = section.Select(s => s.Options).Distinct().ToList();
            var common = types.Count > 1 ? Bases(types[0]).FirstOrDefault(shared => types.TrueForAll(t => t.IsSubclassOf(shared))) : null;
            page.Append($"\n### `{section.Key}`\n");
            if (common is not null)
                page.Append('\n').Append(Shared(section.Key, types, common, sections));
            else
                types.ForEach(type => page.Append('\n').Append(Own(section.Key, type)));
        }
        var bases = sections.SelectMany(s => s).SelectMany(s => Bases(s.Options)).Where(HasOwn).Distinct();
        foreach (var shared in bases.OrderBy(t => t.Name, StringComparer.Ordinal))
            page.Append($"\n### {Title(shared)}\n\n{XmlDocs.Of(shared)}\n\n").Append(Table(shared, shared, Example(shared, sections)));
        return page.ToString().TrimStart('\n');
    }

    /// <summary>The names of all settings, each with its section: <c>Workers:Count</c>.</summary>
    public static IEnumerable<string> Names() =>
        Sections().SelectMany(s => s).SelectMany(s => Settings(s.Options).Select(p => $"{s.Path}:{p.Name}")).Distinct();

    private static List<IGrouping<string, KnownSection>> Sections() =>
    [
        .. SettingsTests.Collection().Where(s => s.ServiceType == typeof(KnownSection)).Select(s => (KnownSection)s.ImplementationInstance!)
            .GroupBy(s => s.Path).OrderBy(s => s.Key, StringComparer.Ordinal),
    ];

    // A section may be read by several rooms, each with options of its own.
    private static string Own(string path, Type type)
    {
        var bases = string.Concat(Bases(type).Where(HasOwn).Select(shared => $" Besides its own it has {Link(shared)}."));
        return $"{Summary(path, type)}{bases}\n\n" + Table(type, null, Activator.CreateInstance(type)!);
    }

    // A section that several of a kind read, each of which has a section of its own too.
    private static string Shared(string path, List<Type> types, Type common, List<IGrouping<string, KnownSection>> sections)
    {
        var own = types.Select(t => $"`{sections.First(s => s.Key != path && s.Any(k => k.Options == t)).Key}`");
        var has = string.Join(", ", Bases(types[0]).Where(HasOwn).Select(Link));
        return $"{XmlDocs.Of(common)} It has {has}, and `Model`. Sections of their own: {string.Join(", ", own)}.\n";
    }

    // Without a declaring type: all but what abstract bases declare, which have tables of their own.
    private static string Table(Type type, Type? declaring, object defaults)
    {
        var table = new StringBuilder("| setting | default | values | what it is |\n| --- | --- | --- | --- |\n");
        foreach (var setting in Settings(type).Where(p => declaring is null ? !p.DeclaringType!.IsAbstract : p.DeclaringType == declaring))
        {
            var (usual, allowed) = (SettingValues.Default(setting, defaults), SettingValues.Allowed(setting));
            table.Append($"| `{setting.Name}` | {Cell(usual)} | {Cell(allowed)} | {Cell(SettingValues.Meaning(setting, defaults))} |\n");
        }
        return table.ToString();
    }

    private static IEnumerable<PropertyInfo> Settings(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null).OrderBy(p => p.MetadataToken);

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var shared = type.BaseType; shared is not null && shared != typeof(object); shared = shared.BaseType)
            yield return shared;
    }

    private static bool HasOwn(Type shared) => Settings(shared).Any(p => p.DeclaringType == shared && p.GetMethod is { IsAbstract: false });

    private static object Example(Type shared, List<IGrouping<string, KnownSection>> sections) =>
        Activator.CreateInstance(sections.SelectMany(s => s).First(s => s.Options.IsSubclassOf(shared)).Options)!;

    private static string Title(Type shared) => $"Shared settings: {Name(shared)}";

    private static string Link(Type shared) => $"[the shared settings {Name(shared)}](#shared-settings-{Name(shared).ToLowerInvariant()})";

    private static string Name(Type shared) => shared.Name.Replace("Options", "", StringComparison.Ordinal);

    // Its heading says which section it is.
    private static string Summary(string path, Type type)
    {
        var text = XmlDocs.Of(type).Replace($": configuration section `{path}`", "", StringComparison.Ordinal)
            .Replace($": section `{path}`", "", StringComparison.Ordinal).Replace($"Section `{path}`: ", "", StringComparison.Ordinal);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
