using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AiDub.Jobs.Engines.Remote;

/// <summary>How the calls of one engine are limited, repeated and broken off.</summary>
internal static class RemoteResilience
{
    private const double LeastSamplingSeconds = 60;

    // So that workers which were turned away together do not come back together.
    private const double AskedJitter = 0.2;

    /// <summary>From the outside in: a limit of calls at once, repetition, the circuit, the time limit of one call.</summary>
    public static void Build(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline,
        RemoteOptions options,
        CircuitBreakerManualControl circuit,
        TimeProvider clock)
    {
        pipeline.TimeProvider = clock;
        pipeline.AddConcurrencyLimiter(options.Concurrency, int.MaxValue);
        if (options.Retries > 0)
            pipeline.AddRetry(Retry(options, clock));
        pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            ManualControl = circuit,
            FailureRatio = 0.5,
            MinimumThroughput = options.CircuitFaults,
            SamplingDuration = TimeSpan.FromSeconds(Math.Max(LeastSamplingSeconds, 2.0 * options.TimeoutSeconds * options.CircuitFaults)),
            BreakDuration = TimeSpan.FromSeconds(options.CircuitSeconds),
            // A server that turns calls away because there are too many of them is well.
            ShouldHandle = fault =>
                ValueTask.FromResult(IsFault(fault.Outcome) && fault.Outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests),
        });
        pipeline.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds) });
    }

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 || (int)status >= 500;

    private static HttpRetryStrategyOptions Retry(RemoteOptions options, TimeProvider clock)
    {
        var longest = TimeSpan.FromSeconds(options.MaxWaitSeconds);
        return new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = options.Retries,
            Delay = TimeSpan.FromSeconds(options.RetrySeconds),
            MaxDelay = longest,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = async fault => IsFault(fault.Outcome) && (Asked(fault.Outcome.Result, clock) ?? TimeSpan.Zero) <= longest
                && !(fault.Outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests } busy
                    && FaultHandler.IsOutOfQuota(busy, await busy.Content.ReadAsStringAsync(fault.Context.CancellationToken))),
            DelayGenerator = fault => ValueTask.FromResult(Asked(fault.Outcome.Result, clock) is { } asked
                ? asked * (1 + AskedJitter * Random.Shared.NextDouble())
                : (TimeSpan?)null),
        };
    }

    private static bool IsFault(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException or MalformedAnswerException } => true,
        { Result: { } response } => IsTransient(response.StatusCode),
        _ => false,
    };

    // The wait that a server asks for by Retry-After, as seconds or as a date.
    private static TimeSpan? Asked(HttpResponseMessage? response, TimeProvider clock) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
        _ => null,
    };
}
