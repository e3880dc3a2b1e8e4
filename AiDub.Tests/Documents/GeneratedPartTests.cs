namespace AiDub.Tests.Documents;

/// <summary>What is made from the code says what the code says.</summary>
public sealed class GeneratedPartTests
{
    private static readonly GeneratedPart[] Parts = GeneratedPart.All;

    [TestCaseSource(nameof(Parts))]
    public async Task The_part_is_what_the_code_says(object generated)
    {
        var part = (GeneratedPart)generated;

        var (now, made) = (Repository.Read(part.File).Split('\n'), (await part.RenewedAsync()).Split('\n'));

        Assert.That(
            now.Except(made).Select(line => $"- {line}").Concat(made.Except(now).Select(line => $"+ {line}")),
            Is.Empty,
            $"{part.File} is out of date: run ./aidub docs and commit what it writes");
        Assert.That(now, Is.EqualTo(made), $"{part.File} is out of date: run ./aidub docs and commit what it writes");
    }

    [Test]
    public void The_page_of_settings_holds_every_section() =>
        Assert.That(ConfigurationPage.Names().Select(name => name[..name.LastIndexOf(':')]).Distinct().Count(), Is.GreaterThan(25));
}
