using AiDub.Api;
using AiDub.Domain.Ports;
using AiDub.Jobs.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Faults;

/// <summary>The real service, API and worker, on stores that fail as a script says.</summary>
internal static class FaultyService
{
    public static Task<int> RunAsync(string[] args, string script) => ServiceRun.RunAsync(() =>
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = "AiDub.Api",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddJobs(builder.Configuration);
        builder.Services.AddApi(builder.Configuration);
        var faults = new FaultScript(script);
        builder.Services.Decorate<IProgressStore>(inner => new FaultyProgressStore(inner, faults));
        builder.Services.Decorate<IDubTurns>(inner => new FaultyDubTurns(inner, faults));
        builder.Services.Decorate<IDubStore>(inner => new FaultyDubStore(inner, faults));
        builder.Services.Decorate<IObjectStore>(inner => new FaultyObjectStore(inner, faults));
        builder.Services.Decorate<IDubQueue>(inner => new FaultyQueue(inner, faults));

        var app = builder.Build();
        app.UseApi();
        app.MapApi();
        return app;
    });

    private static void Decorate<T>(this IServiceCollection services, Func<T, T> around)
        where T : class
    {
        var inner = services.Last(s => s.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => around((T)(inner.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}
