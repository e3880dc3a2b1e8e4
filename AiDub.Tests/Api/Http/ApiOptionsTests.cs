using AiDub.Api.Http;

namespace AiDub.Tests.Api.Http;

public sealed class ApiOptionsTests
{
    [TestCase("dub.example.com")]
    [TestCase("ftp://dub.example.com")]
    [TestCase("https://dub.example.com/?a=1")]
    public void A_public_address_that_browsers_cannot_open_is_refused(string address)
    {
        var verdict = new ApiOptionsValidator().Validate(null, new ApiOptions { PublicBaseUrl = address });

        Assert.That(verdict.FailureMessage, Does.StartWith("Api:PublicBaseUrl is not an http or https address"));
    }

    [TestCase("proxy.example.com")]
    [TestCase("10.0.0.0/33")]
    [TestCase("")]
    public void A_trusted_proxy_that_is_no_address_is_refused(string proxy) => Assert.That(
        new ApiOptionsValidator().Validate(null, new ApiOptions { TrustedProxies = ["10.0.0.7", "fd00::/8", proxy] }).FailureMessage,
        Does.StartWith($"Api:TrustedProxies holds '{proxy}', which is no IP address"));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("https://dub.example.com/base")]
    public void One_that_they_can_open_or_none_is_taken(string? address) =>
        Assert.That(new ApiOptionsValidator().Validate(null, new ApiOptions { PublicBaseUrl = address }).Succeeded, Is.True);
}
