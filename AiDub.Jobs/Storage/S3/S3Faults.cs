using System.Net;
using System.Security.Authentication;
using System.Xml;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Storage.S3;

/// <summary>
/// Turns what goes wrong between us and S3 into faults that a dub survives; what only an operator can put right is said in the log.
/// </summary>
public sealed class S3Faults(ILogger<S3Faults> log)
{
    // What a transport's IOException carries; those of files carry the system's error number.
    private const int TransportError = unchecked((int)0x80131620);

    // Error codes of S3.
    private const string Expired = "ExpiredToken";
    private const string Skewed = "RequestTimeTooSkewed";

    /// <summary>Whether an exception is the server's or the network's, rather than our own cancellation or mistake.</summary>
    public static bool IsFault(Exception error, CancellationToken ct) =>
        !ct.IsCancellationRequested
        && (IsMisdirected(error) || error is AmazonServiceException or AmazonClientException or HttpRequestException
            or OperationCanceledException or TimeoutException or XmlException or IOException { HResult: TransportError });

    // Where a server redirects to another that is none of AWS, the SDK throws what it finds wrong with its address.
    private static bool IsMisdirected(Exception error) => error is ArgumentException { Source: "AWSSDK.S3" or "AWSSDK.Core" };

    /// <summary>Whether the server said that there is no such object.</summary>
    public static bool IsNotFound(AmazonServiceException error) =>
        error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode != "NoSuchBucket";

    /// <summary>Whether the server does not know a request that others know, or wants it otherwise than the SDK makes it.</summary>
    public static bool IsUnknown(AmazonServiceException error) =>
        error.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.LengthRequired
            or HttpStatusCode.NotImplemented;

    /// <summary>Whether the server does not say of an object whether it has it: not to this key, or to nobody.</summary>
    public static bool IsSilent(AmazonServiceException error) => error.StatusCode == HttpStatusCode.Forbidden || IsUnknown(error);

    /// <summary>Whether the server refuses us, or is not who it should be: trying again changes nothing until an operator does.</summary>
    public static bool IsConfiguration(Exception error) => error switch
    {
        AmazonServiceException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.MovedPermanently } =>
            true,
        AmazonServiceException
        {
            ErrorCode: "NoSuchBucket" or "InvalidBucketName" or "AuthorizationHeaderMalformed" or Expired or "InvalidToken"
        } => true,
        _ => error is AuthenticationException || IsMisdirected(error) || (error.InnerException is { } inner && IsConfiguration(inner)),
    };

    /// <summary>The outage that an exception of the server or the network tells of; null when the server was reached and is well.</summary>
    public static Outage? OutageOf(Exception error)
    {
        if (IsConfiguration(error))
            return null;
        // Our own cancellation is none of them: what is cancelled here took too long.
        var isAway = error switch
        {
            AmazonServiceException { StatusCode: var status and not 0 } said => OutageRules.IsAway(status) || (int)status >= 500
                || said.ErrorCode is "SlowDown" or "RequestTimeout" or "InternalError" or "ServiceUnavailable",
            OperationCanceledException => true,
            _ => OutageRules.IsUnreachable(error),
        };
        return isAway ? new Outage(Dependency.Objects) : null;
    }

    /// <summary>The fault of a server that took an object and does not have it: what is said of it is for the operator.</summary>
    public TransientDubException OfLost()
    {
        log.LogError(
            "What answers as the object store took an object and does not have it now, or another in its place: it may be no object store "
                + "but a network's login page or a web server. Check Objects:S3 (ServiceUrl, Bucket), and what lies between it and here.");
        return new TransientDubException("The object store did not keep what it was given.");
    }

    private static string Advice(string? code) => code switch
    {
        Skewed => "Set this machine's clock, or the server's: requests are signed with the time.",
        Expired => "The credentials that Objects:S3 or the SDK's own chain gave have passed: renew them.",
        _ => "Check Objects:S3 (Bucket, Region, ServiceUrl, AccessKey, TrustedCertificateFile) and what the key may do: list the bucket, "
            + "get, put and delete objects, abort uploads.",
    };

    /// <summary>The fault that an exception of the object store is for a dub.</summary>
    public TransientDubException OfStore(Exception error)
    {
        if (!IsConfiguration(error))
            return new TransientDubException("The object store did not answer as it should.", error) { Outage = OutageOf(error) };
        var said = error as AmazonServiceException;
        log.LogError(
            "The object store refuses us: {Code} {Status}, {Reason}. {Advice}",
            said?.ErrorCode,
            (int?)said?.StatusCode,
            error.Message,
            Advice(said?.ErrorCode));
        return new TransientDubException(OutageRules.ObjectsRefused, error);
    }
}
