using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api;

public sealed class ApiOptionsTests
{
    [TestCase("dub.example.com")]
    [TestCase("ftp://dub.example.com")]
    [TestCase("https://dub.example.com/?a=1")]
    public void A_public_address_that_browsers_cannot_open_stops_the_start(string address)
    {
        var fault = Assert.Catch<OptionsValidationException>(() => _ = new ApiHost(builder => builder.UseSetting("Api:PublicBaseUrl", address)));

        Assert.That(fault!.Message, Does.StartWith("Api:PublicBaseUrl is not an http or https address"));
    }
}
