using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiDub.Api.Wire;
using AiDub.Domain.Errors;
using AiDub.Jobs.Storage;
using AiDub.Tests.Documents;

namespace AiDub.Tests.Domain.Errors;

/// <summary>Every code that is raised is in a table, and none is there for nothing.</summary>
public sealed partial class DubCodeTests
{
    // They read codes that were raised before, maybe by another version.
    private static readonly string[] Readers = ["BsonRecords.cs", "SqliteRows.cs", "WarningCodeConverter.cs"];

    private static readonly JsonSerializerOptions[] Ways = [WireJson.Options, StoredJson.Options];

    private static readonly DubCode[] All = [.. FailureCode.All, .. WarningCode.All];

    [Test]
    public void Every_code_of_the_tables_is_raised_somewhere()
    {
        var raised = Sources().SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => match.Value)).ToHashSet();

        var named = new[] { typeof(FailureCode), typeof(WarningCode) }
            .SelectMany(type => Fields(type).Select(field => $"{type.Name}.{field.Name}"));

        Assert.That(named.Except(raised), Is.Empty, "nothing raises it: take it out of the table, or raise it");
    }

    [Test]
    public void No_code_is_made_beside_the_tables_but_what_stores_read() =>
        Assert.That(
            Sources().Where(file => Made().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName),
            Is.SubsetOf(Readers),
            "add the code to FailureCode or WarningCode");

    [Test]
    public void A_code_is_called_as_its_field_is()
    {
        var fields = Fields(typeof(FailureCode)).Concat(Fields(typeof(WarningCode))).ToList();

        Assert.That(fields, Has.Count.EqualTo(All.Length).And.Count.GreaterThan(60));
        Assert.That(
            fields.Select(field => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name)),
            Is.EqualTo(fields.Select(field => ((DubCode)field.GetValue(null)!).Value)));
    }

    [Test]
    public void A_message_is_whole_sentences_for_a_person() =>
        Assert.That(All.Select(code => code.Message), Has.All.Matches<string>(text => char.IsUpper(text[0]) && text[^1] == '.'));

    [Test]
    public void The_source_is_to_blame_for_what_is_about_it_or_its_file() => Assert.That(
        FailureCode.All.Where(code => code.IsOfTheSource).Select(code => code.Value),
        Does.Contain("source_not_found").And.Contain("media_invalid").And.Contain("clock_broken").And.Not.Contain("engine_refused"));

    [Test]
    public void Codes_are_the_same_when_their_names_are() => Assert.Multiple(() =>
    {
        Assert.That(FailureCode.Of("media_invalid"), Is.SameAs(FailureCode.MediaInvalid));
        var (one, again) = (FailureCode.Of("of_tomorrow"), FailureCode.Of("of_tomorrow"));
        Assert.That(one, Is.EqualTo(again).And.Not.SameAs(again));
        Assert.That<DubCode>(FailureCode.SourceCutShort, Is.Not.EqualTo((DubCode)WarningCode.SourceCutShort));
    });

    [TestCaseSource(nameof(Ways))]
    public void A_warning_is_written_and_read_by_its_name_also_when_another_version_gave_it(object json)
    {
        var options = (JsonSerializerOptions)json;
        const string Known = """{"code":"no_speech","msg":"None."}""";
        const string Later = """{"code":"of_tomorrow","msg":"Something."}""";

        Assert.That(JsonSerializer.Deserialize<DubWarning>(Known, options), Is.EqualTo(new DubWarning(WarningCode.NoSpeech, "None.")));
        Assert.That(JsonSerializer.Serialize(new DubWarning(WarningCode.NoSpeech, "None."), options), Is.EqualTo(Known));
        Assert.That(JsonSerializer.Serialize(JsonSerializer.Deserialize<DubWarning>(Later, options), options), Is.EqualTo(Later));
    }

    private static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == type);

    private static IEnumerable<string> Sources() => new[] { "AiDub.Domain", "AiDub.Jobs", "AiDub.Api" }
        .SelectMany(project => Directory.EnumerateFiles(Repository.File(project), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)
                && Path.GetFileName(file) is not ("FailureCode.cs" or "WarningCode.cs"));

    [GeneratedRegex(@"\b(Failure|Warning)Code\.\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(Failure|Warning)Code\.Of\(", RegexOptions.NonBacktracking)]
    private static partial Regex Made();
}
