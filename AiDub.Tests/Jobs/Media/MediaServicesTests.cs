using AiDub.Domain.Audio;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.S3;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Media;

public sealed class MediaServicesTests
{
    [Test]
    public void Everything_of_the_room_can_be_had()
    {
        using var services = Services([]);

        foreach (var type in new[] { typeof(ISourceFetcher), typeof(MediaProber), typeof(AudioExtractor), typeof(SpeechShaper),
            typeof(DubRenderer) })
            Assert.That(services.GetService(type), Is.Not.Null, type.Name);
    }

    [Test]
    public void Options_are_read_from_their_sections()
    {
        using var services = Services(
            new() { ["Source:AllowedPrivateHosts:0"] = "127.0.0.1:9000", ["Source:AllowedPorts:0"] = "8443", ["Mix:DuckingDb"] = "-12" });

        Assert.That(
            services.GetRequiredService<IOptions<SourceOptions>>().Value.AllowedPrivateHosts, Is.EqualTo(new[] { "127.0.0.1:9000" }));
        Assert.That(services.GetRequiredService<IOptions<SourceOptions>>().Value.AllowedPorts, Is.EqualTo(new[] { 8443 }));
        Assert.That(services.GetRequiredService<IOptions<MixOptions>>().Value.DuckingDb, Is.EqualTo(-12));
    }

    [TestCase("Source:MaxBytes", "0")]
    [TestCase("Source:DownloadTimeoutSeconds", "-1")]
    [TestCase("Source:AllowedBuckets:0", "No Bucket")]
    [TestCase("Mix:DuckingDb", "3")]
    [TestCase("Mix:PeakDbtp", "0")]
    public void A_value_out_of_range_stops_the_start(string key, string value)
    {
        using var services = Services(new() { [key] = value });

        Assert.That(() => services.GetRequiredService<IStartupValidator>().Validate(), Throws.TypeOf<OptionsValidationException>());
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) =>
        Built(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    private static ServiceProvider Built(IConfigurationRoot settings) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(settings)
        .AddSingleton(TimeProvider.System)
        .AddTools(settings)
        .AddOutages()
        .AddLeases()
        .AddStorage(settings)
        .AddS3(settings)
        .AddFetching(settings)
        .AddMedia(settings)
        .AddSingleton<ISpeechFinder>(new NoFinder())
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
