using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AiDub.Tests.Documents;

/// <summary>The summaries that the compiler wrote beside each assembly, as Markdown.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Read = [];

    /// <summary>The summary of a type.</summary>
    public static string Of(Type type) => Of(type.Assembly, $"T:{type.FullName!.Replace('+', '.')}");

    /// <summary>The summary of a property.</summary>
    public static string Of(PropertyInfo property) =>
        Of(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName!.Replace('+', '.')}.{property.Name}");

    /// <summary>The summary of a constant or of an enumeration's value.</summary>
    public static string Of(FieldInfo field) =>
        Of(field.DeclaringType!.Assembly, $"F:{field.DeclaringType.FullName!.Replace('+', '.')}.{field.Name}");

    private static string Of(Assembly assembly, string member)
    {
        if (!Read.TryGetValue(assembly, out var members))
        {
            var file = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
            Read[assembly] = members = file.Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
        }
        var summary = members.GetValueOrDefault(member)?.Element("summary")
            ?? throw new InvalidOperationException($"{member} has no summary.");
        return Space().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim();
    }

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{Named(see)}`",
        XElement other => string.Concat(other.Nodes().Select(Markdown)),
        _ => "",
    };

    // P:Room.Type.Property is Property; a value of an enumeration, F:Room.Type.Value, is Value.
    private static string Named(XElement see) =>
        see.Attribute("cref")?.Value.Split('.')[^1].Split(':')[^1] ?? see.Attribute("langword")?.Value ?? see.Value;

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Space();
}
