using System.Security.Claims;
using System.Text;
using AiDub.Api.Auth;
using AiDub.Api.Http;
using AiDub.Api.Submitting;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AiDub.Api;

/// <summary>
/// Goes through what the first requests will go through, so that it is compiled when they come: through every part that answers them, but
/// not over the network, and without making anything. It holds nothing up; readiness waits for it.
/// </summary>
/// <param name="options">Whether it is done.</param>
/// <param name="state">What answers requests, and how far this is.</param>
/// <param name="services">What requests are answered with.</param>
/// <param name="engines">Say what languages there are, which is asked of them once they have been.</param>
/// <param name="rehearsal">Goes through what accepting a dub goes through.</param>
/// <param name="log">Told when something fails, which then fails for who asks.</param>
internal sealed class WarmUp(
    IOptions<ApiOptions> options, WarmUpState state, IServiceScopeFactory services, EnginePreparation engines, SubmitRehearsal rehearsal,
    ILogger<WarmUp> log) : IHostedLifecycleService, IDisposable
{
    private const string NoUser = "0";

    // What is called more often than 30 times is compiled anew, to run fast, in two steps; calls are counted once for a moment nothing new
    // was compiled. Nothing says when that is.
    private const int Times = 35;
    private const int Steps = 4;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _stopped = new();
    private Task _going = Task.CompletedTask;

    /// <summary>Ends when it is over; to be asked for once it has begun.</summary>
    internal Task Over => _going;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        state.IsUnderWay = options.Value.WarmUp;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.WarmUp)
            _going = Task.Run(() => GoAsync(_stopped.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        await _going.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _stopped.Dispose();

    private async Task GoAsync(CancellationToken ct)
    {
        try
        {
            var poll = $$"""{"user_id":{{NoUser}},"request_id":"{{Guid.NewGuid()}}"}""";
            for (var step = 0; step < Steps; step++)
            {
                for (var i = 0; i < Times; i++)
                    await AskAsync(HttpMethods.Post, "/ai_dub/progress", poll, ct);
                await Task.Delay(Between, ct);
            }
            await engines.Prepared.WaitAsync(ct);
            await AskAsync(HttpMethods.Get, "/ai_dub/languages", "", ct);
            await rehearsal.GoAsync(
                async submissions =>
                    await AskAsync(HttpMethods.Post, "/ai_dub", Submission("none"), ct, submissions) == StatusCodes.Status200OK,
                ct);
            // Refused for their subtitles alone, so that every rule is asked.
            for (var i = 0; i < Times / 4; i++)
                await AskAsync(HttpMethods.Post, "/ai_dub", Submission("no mode"), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The service stops.
        }
        catch (Exception e)
        {
            log.LogInformation("What the first requests need could not be prepared: {Reason}", e.Message);
        }
        finally
        {
            state.IsUnderWay = false;
        }
    }

    private static string Submission(string subtitles) =>
        $$"""
        {"source_video_url":"https://a.example/v.mp4","user_id":{{NoUser}},"project_id":"none","to_lang":"es","subtitles":"{{subtitles}}"}
        """;

    private async Task<int> AskAsync(string method, string path, string body, CancellationToken ct, DubSubmissions? submissions = null)
    {
        await using var scope = services.CreateAsyncScope();
        using var sent = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var http = new DefaultHttpContext { RequestAborted = ct };
        http.RequestServices = submissions is null ? scope.ServiceProvider : new SubmittingTo(submissions, scope.ServiceProvider);
        http.Features.Set<IHttpMaxRequestBodySizeFeature>(new AnySize());
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody(body.Length > 0));
        http.Request.Method = method;
        http.Request.Scheme = Uri.UriSchemeHttp;
        http.Request.Host = new HostString("localhost");
        http.Request.Path = path;
        http.Request.ContentType = "application/json";
        http.Request.ContentLength = sent.Length;
        http.Request.Body = sent;
        http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(UserClaim.Name, NoUser)], nameof(WarmUp)));
        await state.Pipeline!(http);
        return http.Response.StatusCode;
    }

    /// <summary>What requests are answered with, but for where a submission goes.</summary>
    private sealed class SubmittingTo(DubSubmissions submissions, IServiceProvider others) : IKeyedServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(Submitter)
            ? ActivatorUtilities.CreateInstance<Submitter>(others, submissions)
            : others.GetService(serviceType);

        public object? GetKeyedService(Type serviceType, object? serviceKey) =>
            ((IKeyedServiceProvider)others).GetKeyedService(serviceType, serviceKey);

        public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
            ((IKeyedServiceProvider)others).GetRequiredKeyedService(serviceType, serviceKey);
    }

    private sealed class AnySize : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }

    private sealed class HasBody(bool canHaveBody) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => canHaveBody;
    }
}

/// <summary>How far the warm-up is.</summary>
internal sealed class WarmUpState
{
    private volatile bool _isUnderWay;

    /// <summary>Whether it has begun and is not over.</summary>
    public bool IsUnderWay
    {
        get => _isUnderWay;
        set => _isUnderWay = value;
    }

    /// <summary>What answers a request, from its routing on; null until it is put together.</summary>
    public RequestDelegate? Pipeline { get; set; }
}
