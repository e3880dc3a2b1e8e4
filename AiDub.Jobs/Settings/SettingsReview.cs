using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace AiDub.Jobs.Settings;

/// <summary>Looks through the configuration for values that cannot be read and for names that there are not.</summary>
public sealed class SettingsReview(IConfiguration configuration, IEnumerable<KnownSection> sections)
{
    // A name is taken for a misspelt one when at most so many letters differ.
    private const int MostDifferent = 2;

    // Sections of .NET's own that stand in the same files and variables.
    private static readonly string[] Others =
    [
        "Logging", "Kestrel", "AllowedHosts", "ConnectionStrings", "OTEL", "Hosting", "DOTNET", "ASPNETCORE", "HttpJsonOptions",
        "Authentication",
    ];

    private readonly ILookup<string, Type> _known = sections.ToLookup(s => s.Path, s => s.Options, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A line for every value that is not of its setting's kind, with the setting, the value unless it may be secret, and what it must be.
    /// </summary>
    public IReadOnlyList<string> Unreadable() =>
    [
        .. from section in _known
           from setting in configuration.GetSection(section.Key).GetChildren()
           let property = section.Select(type => Property(type, setting.Key)).FirstOrDefault(p => p is not null)
           where property is not null
           let name = $"{section.Key}:{property.Name}"
           let isSecret = SecretSettings.IsSecret(setting.Key)
           from given in Values(name, setting, property.PropertyType)
           let isQuoted = !isSecret && !property.IsDefined(typeof(ProseAttribute)) && IsQuoted(given.Value)
           where isQuoted
               || !(property.IsDefined(typeof(PartedByCommasAttribute)) || IsReadable(given.Type, given.Value))
           select isQuoted
               ? Quoted(given.Name)
               : isSecret ? $"{given.Name} is not {Kind(given.Type, given.Name)}"
               : Unreadable(given.Name, given.Type, given.Value),
    ];

    /// <summary>What is wrong with a value of a setting, which is no secret, that could not be read.</summary>
    internal static string Fault(string name, Type type, string value) => IsQuoted(value) ? Quoted(name) : Unreadable(name, type, value);

    private static string Quoted(string name) => $"{name} begins and ends with quotes, which are taken for a part of it: leave them out";

    private static string Unreadable(string name, Type type, string value) => $"{name} is '{value}', which is not {Kind(type, name)}";

    // As a file of variables has it that no shell reads. A secret may be so, and is not told.
    private static bool IsQuoted(string value) =>
        value is ['"', .., '"'] or ['\'', .., '\''] && !value[1..^1].Contains(value[0], StringComparison.Ordinal);

    // The setting's own value, or those of the list or table that it is; the binder leaves out what it cannot read of these.
    private static IEnumerable<(string Name, Type Type, string Value)> Values(string name, IConfigurationSection setting, Type type)
    {
        if (setting.Value is { } value)
            yield return (name, type, value);
        if (!IsMany(type) || Element(type) is not { } element)
            yield break;
        foreach (var one in setting.GetChildren().Where(one => one.Value is not null))
            yield return ($"{name}:{one.Key}", element, one.Value!);
    }

    private static Type? Element(Type type) => type.GetElementType()
        ?? type.GetInterfaces()
            .Append(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDictionary<,>))?.GenericTypeArguments[1]
        ?? type.GetInterfaces()
            .Append(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GenericTypeArguments[0];

    /// <summary>A line for every name in our sections that there is no setting of, with the one that was probably meant.</summary>
    public IReadOnlyList<string> Unknown()
    {
        var lines = new List<string>();
        var given = configuration.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key);
        foreach (var path in given.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (path.Contains(':', StringComparison.Ordinal)
                && !IsKnown(path)
                && Meant(path) is var (isOurs, meant)
                && (isOurs || meant is not null))
                lines.Add($"There is no setting {path}{(meant is null ? "" : $"; was {meant} meant")}{(meant is null ? "." : "?")}");
        }
        return lines;
    }

    private static PropertyInfo? Property(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { SetMethod: not null } found
            ? found
            : null;

    private static bool IsReadable(Type type, string value)
    {
        var simple = Nullable.GetUnderlyingType(type) ?? type;
        // Of a list or a table the binder would leave out a text; an empty JSON array is one.
        if (IsMany(type))
            return value.Length == 0;
        if (simple.IsEnum)
            return Enum.GetNames(simple).Contains(value.Trim(), StringComparer.OrdinalIgnoreCase);
        if (!(simple.IsPrimitive || simple == typeof(decimal) || simple == typeof(TimeSpan)))
            return true;
        if (value.Length == 0)
            return simple != type;
        var converter = TypeDescriptor.GetConverter(simple);
        try
        {
            converter.ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception e) when (
            e is FormatException or ArgumentException or NotSupportedException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    private static bool IsMany(Type type) => type != typeof(string) && Element(type) is not null;

    private static string Kind(Type type, string name)
    {
        if (IsMany(type))
        {
            var isTable = typeof(System.Collections.IDictionary).IsAssignableFrom(type);
            return $"a {(isTable ? "table" : "list")}: set each of its entries by itself, such as {name}:{(isTable ? "es" : "0")}";
        }
        var simple = Nullable.GetUnderlyingType(type) ?? type;
        if (simple.IsEnum)
            return $"one of {string.Join(", ", Enum.GetNames(simple))}";
        if (simple == typeof(bool))
            return "true or false";
        return simple == typeof(double) || simple == typeof(decimal) || simple == typeof(float)
            ? "a number"
            : simple == typeof(TimeSpan) ? "a length of time"
            : "a whole number";
    }

    private bool IsKnown(string path)
    {
        var parts = path.Split(':');
        for (var depth = parts.Length - 1; depth > 0; depth--)
        {
            // What lies below a setting that is a list or a table is its own; below a value nothing is read.
            var isLast = depth == parts.Length - 1;
            if (_known[string.Join(':', parts[..depth])].Any(type =>
                Property(type, parts[depth]) is { } property && (isLast || IsMany(property.PropertyType))))
                return true;
        }
        return false;
    }

    private (bool IsOurs, string? Meant) Meant(string path)
    {
        var parts = path.Split(':');
        var roots = _known.Select(s => s.Key.Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var isOurs = roots.Contains(parts[0], StringComparer.OrdinalIgnoreCase);
        if (!isOurs && Others.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
            return (false, null);
        var all = _known.SelectMany(s =>
            s.SelectMany(t => t.GetProperties().Where(p => p.SetMethod is not null).Select(p => $"{s.Key}:{p.Name}"))).Distinct();
        var nearest = all.MinBy(known => Distance(known, path));
        return (isOurs, nearest is not null && Distance(nearest, path) <= MostDifferent ? nearest : null);
    }

    /// <summary>
    /// How many letters are to be changed, added or taken away to make one name of another, letter case aside (Levenshtein).
    /// </summary>
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > MostDifferent)
            return int.MaxValue;
        var (a, b) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, _) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[b.Length];
    }
}
