using AiDub.Api;
using AiDub.Domain.Errors;
using AiDub.Jobs.Hosting;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Settings;

/// <summary>Every setting is told by its own name, with its value and what it must be.</summary>
public sealed class SettingsTests
{
    [TestCase("Workers:Count", "two", "Workers:Count is 'two', which is not a whole number.")]
    [TestCase("workers:count", "1.5", "Workers:Count is '1.5', which is not a whole number.")]
    [TestCase("Workers:Enabled", "yes", "Workers:Enabled is 'yes', which is not true or false.")]
    [TestCase("Mix:DuckingDb", "loud", "Mix:DuckingDb is 'loud', which is not a number.")]
    [TestCase("Objects:Provider", "Tape", "Objects:Provider is 'Tape', which is not one of Local, S3.")]
    [TestCase("Objects:S3:PartSizeBytes", "99999999999999999999", "Objects:S3:PartSizeBytes is '99999999999999999999', which is not a "
        + "whole number.")]
    [TestCase("Source:AllowedPorts:0", "https", "Source:AllowedPorts:0 is 'https', which is not a whole number.")]
    [TestCase("Engines:Apertium:MaxHops", "a", "Engines:Apertium:MaxHops is 'a', which is not a whole number.")]
    public void A_value_that_cannot_be_read_is_told_with_what_it_must_be(string setting, string value, string line)
    {
        using var services = Services((setting, value));

        Assert.That(services.ReviewSettings, Throws.TypeOf<StartRefusedException>().With.Message.EqualTo(line));
    }

    [TestCase("Workers:Count", "200", "Workers:Count is '200': it must be between 1 and 100.")]
    [TestCase("Engines:Piper:TimeoutSeconds", "-1", "Engines:Piper:TimeoutSeconds is '-1': it must be between 1 and 3600.")]
    [TestCase("Engines:OpenAi:BaseUrl", "nowhere", "Engines:OpenAiRecognizer:BaseUrl is not an http or https address without user, "
        + "query and fragment.")]
    [TestCase("Telemetry:OtlpEndpoint", "nowhere", "Telemetry:OtlpEndpoint is not an http or https address without user and query.")]
    public void A_value_out_of_range_is_told_with_the_range(string setting, string value, string line)
    {
        using var services = Services((setting, value));

        Assert.That(services.ReviewSettings, Throws.Exception.With.Message.Contain(line));
    }

    [Test]
    public void The_value_of_a_secret_is_not_told()
    {
        using var services = Services(("Engines:OpenAi:ApiKey", "hush 4711"));

        Assert.That(services.ReviewSettings, Throws.Exception.With.Message.Contain("ApiKey").And.Message.Not.Contain("4711"));
    }

    [TestCase("Workers:Cuont", "There is no setting Workers:Cuont; was Workers:Count meant?")]
    [TestCase("Wrokers:Count", "There is no setting Wrokers:Count; was Workers:Count meant?")]
    [TestCase("Workers:Colour", "There is no setting Workers:Colour.")]
    [TestCase("Storage:Databse", "There is no setting Storage:Databse; was Storage:Database meant?")]
    public void A_name_that_there_is_not_is_told_with_the_one_that_was_meant(string setting, string line)
    {
        using var services = Services((setting, "1"));

        Assert.That(services.GetRequiredService<SettingsReview>().Unknown(), Is.EqualTo(new[] { line }));
    }

    [TestCase("Logging:LogLevel:Default")]
    [TestCase("ConnectionStrings:Other")]
    [TestCase("Engines:Recognizer:0")]
    [TestCase("Engines:OpenAiTranslator:PricePerMillionCharacters")]
    [TestCase("Source:AllowedPrivateHosts:0")]
    [TestCase("SomebodyElses:Setting")]
    [TestCase("PATH")]
    public void Names_of_others_and_of_lists_are_no_mistakes(string setting)
    {
        using var services = Services((setting, "1"));

        Assert.That(services.GetRequiredService<SettingsReview>().Unknown(), Is.Empty);
    }

    [Test]
    public void Every_options_class_that_is_configured_is_known()
    {
        var collection = Collection();
        var configured = collection.Where(s =>
            s.ServiceType.IsGenericType && s.ServiceType.GetGenericTypeDefinition() == typeof(IConfigureOptions<>))
            .Select(s => s.ServiceType.GenericTypeArguments[0])
                .Where(t => t.Namespace?.StartsWith("AiDub", StringComparison.Ordinal) == true)
                .Distinct();
        var known = collection.Where(s => s.ServiceType == typeof(KnownSection))
            .Select(s => ((KnownSection)s.ImplementationInstance!).Options);

        Assert.That(configured.Select(t => t.Name), Is.SubsetOf(known.Select(t => t.Name)), "register them by AddSettings");
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings) => Collection(settings).BuildServiceProvider();

    internal static ServiceCollection Collection(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddJobs(configuration);
        services.AddApi(configuration);
        return services;
    }
}
