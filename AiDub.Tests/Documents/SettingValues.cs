using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Range = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace AiDub.Tests.Documents;

/// <summary>What a setting is when nobody sets it, and what it may be, as the tables of docs/configuration.md say it.</summary>
internal static partial class SettingValues
{
    // Nothing is set; the text beside it says what holds then.
    private const string None = "—";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The default.</summary>
    public static string Default(PropertyInfo property, object options) => property.GetValue(options) switch
    {
        null or "" => None,
        // A folder beside the program is not at the same place on another machine.
        string path when path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) =>
            $"`{Path.GetRelativePath(AppContext.BaseDirectory, path)}` beside the program",
        string text => $"`{text}`",
        bool flag => flag ? "`true`" : "`false`",
        Enum value => $"`{value}`",
        IDictionary table => table.Count == 0 ? None : Join(table.Keys.Cast<object>().Select(key => $"{key} {Number(table[key]!)}")),
        IEnumerable list => list.Cast<object>().Any() ? Join(list.Cast<object>().Select(one => $"`{one}`")) : None,
        var number => Number(number) + Size(property, number),
    };

    /// <summary>The values that are taken; empty where any text is.</summary>
    public static string Allowed(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(bool))
            return "`true`, `false`";
        if (type.IsEnum)
            return Join(Enum.GetNames(type).Select(name => $"`{name}`"));
        var said = property.GetCustomAttributes<ValidationAttribute>().Select(rule => Said(property, rule));
        return said.FirstOrDefault(one => one is not null) ?? "";
    }

    /// <summary>What a property's summary says besides its default and range, which have columns of their own.</summary>
    public static string Meaning(PropertyInfo property, object options)
    {
        var text = XmlDocs.Of(property);
        if (property.GetCustomAttribute<Range>() is { } range)
        {
            var numbers = $"{Either(range.Minimum)}( to |–){Either(range.Maximum)}";
            text = Regex.Replace(text, $"[:;,] {numbers}(?=[.;:,])", "", RegexOptions.None, Patience);
        }
        var usual = $"({Regex.Escape(Default(property, options))}|{Regex.Escape(Default(property, options).Trim('`'))}|none)";
        text = Regex.Replace(text, $@" Default:? {usual}\.(?= |$)", "", RegexOptions.None, Patience);
        return Regex.Replace(text, $@"[;,] default {usual}(?=\.)", "", RegexOptions.None, Patience);
    }

    private static string? Said(PropertyInfo property, ValidationAttribute rule) => rule switch
    {
        Range range => $"{Number(range.Minimum)}{Size(property, range.Minimum)} to {Number(range.Maximum)}{Size(property, range.Maximum)}",
        AllowedValuesAttribute values => Join(values.Values.Select(value => Number(value!))),
        LengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} of them",
        MaxLengthAttribute length => $"at most {length.Length} characters",
        RegularExpressionAttribute words when Words().Match(words.Pattern) is { Success: true } match =>
            Join(match.Groups["words"].Value.Split('|').Select(word => $"`{word}`")),
        _ => null,
    };

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);

    private static string Number(object value)
    {
        // Annotations hold large whole numbers as fractions.
        var exact = value is double and > 1e6 and < 1e19 ? (long)(double)value : value;
        return Convert.ToString(exact, CultureInfo.InvariantCulture)!.Replace('-', '−');
    }

    // With or without commas at the thousands.
    private static string Either(object value)
    {
        var parted = Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString("#,0.####", CultureInfo.InvariantCulture);
        return $"({Regex.Escape(Number(value))}|{Regex.Escape(parted)})";
    }

    // How people say it.
    private static string Size(PropertyInfo property, object value)
    {
        if (!property.Name.EndsWith("Bytes", StringComparison.Ordinal))
            return "";
        var bytes = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        foreach (var (unit, shift) in new[] { ("EiB", 60), ("TiB", 40), ("GiB", 30), ("MiB", 20) })
        {
            if (bytes >= 1L << shift && bytes % (1L << shift) == 0)
                return $" ({bytes >> shift} {unit})";
        }
        return "";
    }

    [GeneratedRegex(@"^\^\((?<words>[a-z_|]+)\)\$$", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
