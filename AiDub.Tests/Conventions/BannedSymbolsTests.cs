using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using AiDub.Tests.Documents;

namespace AiDub.Tests.Conventions;

/// <summary>
/// What the list of banned symbols names, the build refuses: the analyzer reads it from a file whose name begins as it expects, and is
/// silent where there is none.
/// </summary>
public sealed class BannedSymbolsTests
{
    private static readonly string[] Projects = ["AiDub.Domain", "AiDub.Jobs", "AiDub.Api", "AiDub.Tests"];

    [Test]
    public void The_analyzer_is_given_a_list_that_it_reads() =>
        Assert.That(Path.GetFileName(List()), Does.StartWith("BannedSymbols.").And.EndsWith(".txt"));

    [TestCaseSource(nameof(Projects))]
    public void Nothing_calls_what_is_banned(string project)
    {
        var banned = File.ReadLines(List()).Select(line => NameOf(line.Split(';')[0])).ToHashSet();
        Assert.That(banned, Has.Member("System.DateTime.get_UtcNow").And.Member("System.Threading.Tasks.Task`1.get_Result"));

        Assert.That(CalledBy(project).Where(banned.Contains), Is.Empty);
    }

    [Test]
    public void Calls_are_found_those_of_generic_types_too() =>
        Assert.That(CalledBy("AiDub.Tests"), Has.Member("System.TimeProvider.GetUtcNow").And.Member("System.Lazy`1.get_Value"));

    private static string List()
    {
        var props = XDocument.Load(Repository.File("Directory.Build.props"));
        var file = props.Descendants("AdditionalFiles").Single().Attribute("Include")!.Value;
        return Repository.File(file.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal));
    }

    // P:System.DateTime.Now is read by get_Now; M:System.Threading.Thread.Sleep(System.Int32) is called by its name.
    private static string NameOf(string symbol)
    {
        var name = symbol[2..].Split('(')[0];
        var dot = name.LastIndexOf('.');
        return symbol[0] == 'P' ? $"{name[..dot]}.get_{name[(dot + 1)..]}" : name;
    }

    private static HashSet<string> CalledBy(string project)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, project + ".dll")));
        var reader = file.GetMetadataReader();
        return reader.MemberReferences.Select(reader.GetMemberReference)
            .Select(member => $"{TypeOf(reader, member.Parent)}.{reader.GetString(member.Name)}")
            .ToHashSet();
    }

    private static string? TypeOf(MetadataReader reader, EntityHandle type)
    {
        if (type.Kind == HandleKind.TypeSpecification)
        {
            var signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
            if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                return null;
            // Whether it is a class or a value.
            signature.ReadCompressedInteger();
            type = signature.ReadTypeHandle();
        }
        if (type.Kind != HandleKind.TypeReference)
            return null;
        var named = reader.GetTypeReference((TypeReferenceHandle)type);
        return $"{reader.GetString(named.Namespace)}.{reader.GetString(named.Name)}";
    }
}
