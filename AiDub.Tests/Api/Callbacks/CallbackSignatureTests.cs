using System.Text;
using AiDub.Api.Callbacks;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace AiDub.Tests.Api.Callbacks;

/// <summary>Callbacks as receivers verify them that use a library of Standard Webhooks.</summary>
public sealed class CallbackSignatureTests
{
    private const string SigningKey = "0123456789abcdef0123456789abcdef";
    private const string Body = """{"event":"dub.complete","progress":"Status_5"}""";

    private static readonly string New = Secret(1);
    private static readonly string Old = Secret(2);

    [Test]
    public void Every_secret_signs_so_that_receivers_of_the_old_and_of_the_new_one_verify_the_same_callback()
    {
        var headers = Sign(new CallbackOptions { Secrets = [New, Old] });

        Assert.That((IsVerified(New, headers), IsVerified(Old, headers)), Is.EqualTo((true, true)));
        Assert.That(IsVerified(Secret(3), headers), Is.False);
        Assert.That(IsVerified(New, headers, Body + " "), Is.False);
    }

    [Test]
    public void A_signing_key_signs_as_the_secret_of_its_bytes()
    {
        var headers = Sign(new CallbackOptions { SigningKey = SigningKey, Secrets = [New] });

        var secret = "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(SigningKey));
        Assert.That((IsVerified(secret, headers), IsVerified(New, headers)), Is.EqualTo((true, true)));
        Assert.That($"{headers["webhook-id"]}", Is.EqualTo($"{headers["AiDub-Event-Id"]}"));
    }

    [Test]
    public void A_file_of_secrets_is_read_for_every_callback()
    {
        var file = Path.GetTempFileName();
        try
        {
            var options = new CallbackOptions { SecretsFile = file };
            File.WriteAllText(file, Old + "\n");
            Assert.That(IsVerified(Old, Sign(options)), Is.True);

            File.WriteAllText(file, $"{New}\n\n");
            Assert.That((IsVerified(New, Sign(options)), IsVerified(Old, Sign(options))), Is.EqualTo((true, false)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase("whsec_c2hvcnQ=")]
    [TestCase("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [TestCase("whsec_not base64!")]
    public void What_is_no_secret_stops_the_start_without_being_told(string secret)
    {
        var result = new CallbackOptionsValidator().Validate(null, new CallbackOptions { Secrets = [secret] });

        Assert.That(result.FailureMessage, Is.EqualTo("Callbacks has a secret that is not whsec_ and Base64 of 24 to 64 bytes."));
    }

    [Test]
    public void A_file_without_a_secret_stops_the_start()
    {
        var result = new CallbackOptionsValidator().Validate(null, new CallbackOptions { SecretsFile = "/dev/null" });

        Assert.That(result.FailureMessage, Is.EqualTo("Callbacks has no signing key and no secret."));
    }

    private static string Secret(byte fill) => "whsec_" + Convert.ToBase64String(Enumerable.Repeat(fill, 24).ToArray());

    // One match is enough. The library looks at the first signature only, so it is shown each of them.
    private static bool IsVerified(string secret, HeaderDictionary headers, string body = Body) =>
        $"{headers["webhook-signature"]}".Split(' ').Any(signature =>
        {
            try
            {
                new StandardWebhook(secret).Verify(body, With(headers, signature));
                return true;
            }
            catch (WebhookVerificationException)
            {
                return false;
            }
        });

    private static HeaderDictionary With(HeaderDictionary headers, string signature)
    {
        var copy = new HeaderDictionary();
        foreach (var (name, value) in headers)
            copy[name] = value;
        copy["webhook-signature"] = signature;
        return copy;
    }

    private static HeaderDictionary Sign(CallbackOptions options)
    {
        var (id, now) = ("0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90-1", TimeProvider.System.GetUtcNow());
        var signed = CallbackSignature.Sign(CallbackKeys.Of(options), id, Encoding.UTF8.GetBytes(Body), now);
        var headers = new HeaderDictionary();
        foreach (var (name, value) in signed)
            headers[name] = value;
        return headers;
    }
}
