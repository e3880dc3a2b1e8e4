using System.Reflection;
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
    [TestCase("Objects:Provider", "7", "Objects:Provider is '7', which is not one of Local, S3.")]
    [TestCase("Objects:Provider", "Local,S3", "Objects:Provider is 'Local,S3', which is not one of Local, S3.")]
    [TestCase("Source:AllowedPorts", "8443", "Source:AllowedPorts is '8443', which is not a list: set each of its entries by itself, such "
        + "as Source:AllowedPorts:0.")]
    [TestCase("Engines:Espeak:Voices", "es+f2", "Engines:Espeak:Voices is 'es+f2', which is not a table: set each of its entries by "
        + "itself, such as Engines:Espeak:Voices:es.")]
    [TestCase("Callbacks:Secrets", "whsec_4711", "Callbacks:Secrets is not a list: set each of its entries by itself, such as "
        + "Callbacks:Secrets:0.")]
    [TestCase("Data:Directory", "\"/srv/dubs\"", "Data:Directory begins and ends with quotes, which are taken for a part of it: "
        + "leave them out.")]
    [TestCase("Source:AllowedPorts:0", "'8443'", "Source:AllowedPorts:0 begins and ends with quotes, which are taken for a part of it: "
        + "leave them out.")]
    [TestCase("Telemetry:OtlpEndpoint", "'https://us:hush@otel'", "Telemetry:OtlpEndpoint begins and ends with quotes, which are taken for "
        + "a part of it: leave them out.")]
    [TestCase("Engines:Translator", "\"Apertium\"", "Engines:Translator begins and ends with quotes, which are taken for a part of it: "
        + "leave them out.")]
    public void A_value_that_cannot_be_read_is_told_with_what_it_must_be(string setting, string value, string line)
    {
        using var services = Services((setting, value));

        Assert.That(services.ReviewSettings, Throws.TypeOf<StartRefusedException>().With.Message.EqualTo(line));
    }

    [TestCase("Workers:Count", "200", "Workers:Count is '200': it must be between 1 and 100.")]
    [TestCase("Source:MaxPixels", "99999999999", "Source:MaxPixels is '99999999999': it must be between 1 and 268435456.")]
    [TestCase("Dubbing:KeepFailedHours", "NaN", "Dubbing:KeepFailedHours is 'NaN': it must be between 0 and 8760.")]
    [TestCase("Dubbing:HeartbeatSeconds", "30", "Dubbing:HeartbeatSeconds is more than half of Dubbing:LeaseSeconds: who works on a dub "
        + "would count as dead.")]
    [TestCase("Engines:Piper:TimeoutSeconds", "-1", "Engines:Piper:TimeoutSeconds is '-1': it must be between 1 and 3600.")]
    [TestCase("Engines:OpenAi:BaseUrl", "nowhere", "Engines:OpenAiRecognizer:BaseUrl is not an http or https address without user, "
        + "query and fragment.")]
    [TestCase("Telemetry:OtlpEndpoint", "nowhere", "Telemetry:OtlpEndpoint is not an http or https address without user and query.")]
    [TestCase("Engines:Translator", "", "Engines:Translator names no engine, or more than 16: name one at least, or leave the setting "
        + "out.")]
    [TestCase("Source:AllowedPrivateHosts:0", "http://127.0.0.1:80", "Source:AllowedPrivateHosts holds 'http://127.0.0.1:80', which is not "
        + "a host and a port such as media.example.com:443.")]
    [TestCase("Source:AllowedPrivateHosts:0", "127.0.0.1", "Source:AllowedPrivateHosts holds '127.0.0.1', which is not a host and a port")]
    public void A_value_out_of_range_is_told_with_the_range(string setting, string value, string line)
    {
        using var services = Services((setting, value));

        Assert.That(services.ReviewSettings, Throws.Exception.With.Message.Contain(line));
    }

    [Test]
    public void Every_range_is_of_its_settings_own_kind_of_number_so_that_all_that_is_out_of_it_is_told()
    {
        var ranges = from known in Collection().Where(s => s.ServiceType == typeof(KnownSection))
                     let section = (KnownSection)known.ImplementationInstance!
                     from property in section.Options.GetProperties()
                     from range in property.GetCustomAttributes<System.ComponentModel.DataAnnotations.RangeAttribute>()
                     where range.OperandType == typeof(int)
                     select (Setting: $"{section.Path}:{property.Name}",
                         Kind: Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

        Assert.That(ranges.Where(range => range.Kind != typeof(int)).Select(range => range.Setting), Is.Empty);
    }

    [Test]
    public void What_is_wrong_in_several_sections_is_told_in_one_line()
    {
        using var services = Services(("Workers:Count", "200"), ("Results:KeepDays", "-1"));

        Assert.That(Assert.Catch(services.ReviewSettings) is { } error ? StartRefusal.Explain(error).Split("; ") : [], Is.EquivalentTo([
            "Workers:Count is '200': it must be between 1 and 100.", "Results:KeepDays is '-1': it must be between 0 and 36500."]));
    }

    [TestCase("Engines:Synthesizer", "Flite,Espeak")]
    [TestCase("Source:AllowedPorts", "")]
    public void A_list_may_be_empty_and_that_of_engines_may_be_one_text(string setting, string value)
    {
        using var services = Services((setting, value));

        Assert.That(services.ReviewSettings, Throws.Nothing);
    }

    [TestCase("127.0.0.1:80")]
    [TestCase("[::1]:8080")]
    [TestCase("Media.Example.com:443")]
    [TestCase("")]
    public void A_host_is_listed_as_an_address_names_it_or_not_at_all(string host)
    {
        using var services = Services(("Source:AllowedPrivateHosts:0", host));

        Assert.That(services.ReviewSettings, Throws.Nothing);
    }

    [TestCase("Engines:OpenAi:ApiKey", "'4711'")]
    [TestCase("Engines:OpenAiRecognizer:Prompt", "\"Good morning, this is the news.\"")]
    [TestCase("Engines:LlamaCpp:Glossary:the Sun", "\"The Sun\"")]
    public void A_secret_and_what_is_written_for_models_may_begin_and_end_with_quotes(string setting, string value)
    {
        using var services = Services((setting, value));

        Assert.That(services.ReviewSettings, Throws.Nothing);
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
    [TestCase("Workers:Count:0", "There is no setting Workers:Count:0; was Workers:Count meant?")]
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
