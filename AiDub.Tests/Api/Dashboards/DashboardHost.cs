using System.Text.RegularExpressions;
using AiDub.Api;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Hosting;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Storage;
using Hangfire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Api.Dashboards;

/// <summary>The service with one worker and its dashboard, on a loopback port, with steps that a test writes.</summary>
internal sealed partial class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private DashboardHost(WebApplication app) => _app = app;

    public IProgressStore Progress => Get<IProgressStore>();

    public static async Task<DashboardHost> StartAsync(
        TestData data, IEnumerable<IDubStep> steps, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Data:Directory", data.Root), new("urls", "http://127.0.0.1:0"), new("Workers:Count", "1"),
            // No lease ends while a test runs: what happens, the button did.
            new("Dubbing:HeartbeatSeconds", "0.2"), new("Dubbing:LeaseSeconds", "3600"),
            .. settings.Select(s => KeyValuePair.Create(s.Name.Replace("__", ":"), (string?)s.Value)),
        ]);
        builder.Services.AddJobs(builder.Configuration);
        builder.Services.AddApi(builder.Configuration);
        builder.Services.RemoveAll<IDubStep>();
        foreach (var step in steps)
            builder.Services.AddSingleton(step);
        var app = builder.Build();
        app.UseApi();
        app.MapApi();
        await app.StartAsync();
        var host = new DashboardHost(app);
        host._http.BaseAddress = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return host;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Accepts a dub and returns it once its job is known.</summary>
    public async Task<DubProgress> SubmitAsync()
    {
        var order = Samples.Order();
        await Get<DubIntake>().AcceptAsync([order], default);
        return await UntilAsync(order.RequestId, dub => dub.JobId is not null);
    }

    public async Task<DubProgress> UntilAsync(Guid requestId, Func<DubProgress, bool> happened)
    {
        DubProgress? dub = null;
        await DubServer.UntilAsync(
            "the dub is as it should be",
            async () => (dub = await Progress.FindAsync(requestId, default)) is not null && happened(dub));
        return dub!;
    }

    /// <summary>Waits until the queue says of a job that it is in a state, as the dashboard's buttons are for states.</summary>
    public Task UntilJobAsync(string jobId, string state) => DubServer.UntilAsync($"the job is {state}", () =>
    {
        using var connection = Get<JobStorage>().GetConnection();
        return Task.FromResult(connection.GetStateData(jobId)?.Name == state);
    });

    public Task<string> PageAsync(string path) => _http.GetStringAsync("/hangfire" + path);

    /// <summary>Presses a job's button, <c>requeue</c> or <c>delete</c>, as the page's own script does.</summary>
    /// <param name="button">The button.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="withToken">Whether the page's token against forgery goes with it.</param>
    /// <param name="at">The host that is told of it; by default the one that made the page.</param>
    public async Task<HttpResponseMessage> PressAsync(string button, string jobId, bool withToken = true, DashboardHost? at = null)
    {
        var page = await PageAsync($"/jobs/details/{jobId}");
        var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri((at ?? this)._http.BaseAddress!, $"/hangfire/jobs/actions/{button}/{jobId}"));
        if (withToken && CsrfHeader().Match(page) is { Success: true } header)
            request.Headers.Add(header.Groups[1].Value, CsrfToken().Match(page).Groups[1].Value);
        return await _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    [GeneratedRegex("name=\"csrf-header\" content=\"([^\"]*)\"")]
    private static partial Regex CsrfHeader();

    [GeneratedRegex("name=\"csrf-token\" content=\"([^\"]*)\"")]
    private static partial Regex CsrfToken();
}
