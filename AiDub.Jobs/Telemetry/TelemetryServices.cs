using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AiDub.Jobs.Telemetry;

/// <summary>What operators are told by other means than pages.</summary>
public static class TelemetryServices
{
    /// <summary>
    /// Sends traces and metrics to the collector that <c>Telemetry:OtlpEndpoint</c> or <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names, and
    /// answers Prometheus where <c>Telemetry:PrometheusPort</c> says; without either it adds nothing.
    /// Logs as JSON (<c>Logging:Console:FormatterName=json</c>) always hold their scopes.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<TelemetryOptions>(TelemetryOptions.Section);
        services.PostConfigure<JsonConsoleFormatterOptions>(json => json.IncludeScopes = true);
        var section = configuration.GetSection(TelemetryOptions.Section);
        var (ours, theirs) = (section[nameof(TelemetryOptions.OtlpEndpoint)], configuration[TelemetryOptions.EndpointVariable]);
        // One that is no address stops the start by the options' own rules; so does a port that is none.
        var isSent = string.IsNullOrEmpty(ours) ? !string.IsNullOrEmpty(theirs) : Uri.TryCreate(ours, UriKind.Absolute, out _);
        var port = int.TryParse(section[nameof(TelemetryOptions.PrometheusPort)], out var given) && given is > 0 and <= 65535 ? given : 0;
        if (!isSent && port == 0)
            return services;

        var options = section.Get<TelemetryOptions>() ?? new TelemetryOptions();
        services.AddHostedService<QueueGauges>();
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(options.ServiceName));
        telemetry.WithMetrics(metrics => metrics.AddMeter(DubTelemetry.Name).AddAspNetCoreInstrumentation());
        if (isSent)
        {
            telemetry
                .WithTracing(tracing => tracing
                    .AddSource(DubTelemetry.Name)
                    .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
                    .AddOtlpExporter(otlp => Direct(otlp, options, "v1/traces")))
                .WithMetrics(metrics => metrics.AddOtlpExporter(otlp => Direct(otlp, options, "v1/metrics")));
        }
        if (port > 0)
        {
            telemetry.WithMetrics(metrics => metrics.AddPrometheusHttpListener(
                listener => (listener.Host, listener.Port, listener.ScopeInfoEnabled) = (options.PrometheusHost, port, false)));
        }
        return services;
    }

    // Without an endpoint of ours the exporter follows OpenTelemetry's own variables.
    private static void Direct(OtlpExporterOptions otlp, TelemetryOptions options, string path)
    {
        if (string.IsNullOrEmpty(options.OtlpEndpoint))
            return;
        var isGrpc = options.Protocol == TelemetryProtocol.Grpc;
        otlp.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri(isGrpc ? options.OtlpEndpoint : $"{options.OtlpEndpoint.TrimEnd('/')}/{path}");
    }
}
