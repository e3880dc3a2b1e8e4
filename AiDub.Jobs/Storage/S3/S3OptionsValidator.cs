using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiDub.Domain.Sources;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.S3;

/// <summary>Stops the start when <see cref="S3Options"/> cannot work with what is to use them.</summary>
public sealed class S3OptionsValidator(IOptions<ObjectOptions> objects, IEnumerable<IS3Use> uses) : IValidateOptions<S3Options>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, S3Options options)
    {
        bool keepsObjects;
        try
        {
            keepsObjects = objects.Value.Provider == ObjectProvider.S3;
            if (!keepsObjects && !uses.Any(use => use.IsNeeded))
                return ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException)
        {
            return ValidateOptionsResult.Skip; // Those sections say themselves what is wrong with them.
        }

        var problems = Problems(options, keepsObjects).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(S3Options options, bool keepsObjects)
    {
        if (keepsObjects && !S3Url.IsBucketName(options.Bucket))
            yield return "Objects:S3:Bucket does not name a bucket, and Objects:Provider is S3.";
        if (!IsEmptyOrWebAddress(options.ServiceUrl))
            yield return "Objects:S3:ServiceUrl is not an http or https address, such as https://minio.example:9000.";
        if (!IsEmptyOrWebAddress(options.PublicServiceUrl))
            yield return "Objects:S3:PublicServiceUrl is not an http or https address, such as https://files.example.com.";
        if (string.IsNullOrEmpty(options.ServiceUrl) && string.IsNullOrEmpty(options.Region) && !IsRegionInEnvironment())
            yield return "Objects:S3 names neither a Region (for AWS) nor a ServiceUrl (for a compatible server).";
        if (string.IsNullOrEmpty(options.AccessKey) != string.IsNullOrEmpty(options.SecretKey))
            yield return "Objects:S3 has one of AccessKey and SecretKey without the other.";
        if (!IsEmptyOrWebAddress(options.PublicBaseUrl))
            yield return "Objects:S3:PublicBaseUrl is not an http or https address without query, such as https://videos.example.com.";
        if (!string.IsNullOrEmpty(options.TrustedCertificateFile) && !HoldsCertificates(options.TrustedCertificateFile))
            yield return $"Objects:S3:TrustedCertificateFile '{options.TrustedCertificateFile}' cannot be read as a PEM file of "
                + "certificates.";
    }

    private static bool IsEmptyOrWebAddress(string? text) =>
        string.IsNullOrEmpty(text)
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri is { Query: "", Fragment: "", UserInfo: "" });

    private static bool IsRegionInEnvironment() =>
        new[] { "AWS_REGION", "AWS_DEFAULT_REGION" }.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    private static bool HoldsCertificates(string path)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(path);
            return found.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }
    }
}
