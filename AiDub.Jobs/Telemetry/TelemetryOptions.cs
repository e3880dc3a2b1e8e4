using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Telemetry;

/// <summary>
/// Section <c>Telemetry</c>: where traces and metrics are sent, and where metrics are fetched. Nothing is measured without either.
/// </summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>The environment variable of OpenTelemetry that names the endpoint where <see cref="OtlpEndpoint"/> does not.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The collector, such as <c>http://127.0.0.1:4318</c>, without the path of a signal. Default: none.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>
    /// How it is spoken to when <see cref="OtlpEndpoint"/> is set: <c>HttpProtobuf</c> (default, usually port 4318) or <c>Grpc</c> (4317).
    /// </summary>
    public TelemetryProtocol Protocol { get; set; } = TelemetryProtocol.HttpProtobuf;

    /// <summary>
    /// The port on which this process answers Prometheus at <c>/metrics</c>, apart from its own; 1 to 65535. Default: none.
    /// </summary>
    [Range(1, 65535)]
    public int? PrometheusPort { get; set; }

    /// <summary>The name or address that Prometheus asks for; <c>*</c> for any. Default <c>127.0.0.1</c>: this machine alone.</summary>
    [Required]
    public string PrometheusHost { get; set; } = "127.0.0.1";

    /// <summary>The name that this process goes by. Default <c>aidub</c>, or what <c>OTEL_SERVICE_NAME</c> says.</summary>
    [Required]
    public string ServiceName { get; set; } = Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") is { Length: > 0 } name
        ? name
        : "aidub";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(OtlpEndpoint)
            && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 && address.Query.Length == 0))
            yield return new ValidationResult(
                "Telemetry:OtlpEndpoint is not an http or https address without user and query.", [nameof(OtlpEndpoint)]);
    }
}

/// <summary>How the collector is spoken to.</summary>
public enum TelemetryProtocol
{
    /// <summary>Protocol buffers in HTTP requests.</summary>
    HttpProtobuf,

    /// <summary>gRPC.</summary>
    Grpc,
}
