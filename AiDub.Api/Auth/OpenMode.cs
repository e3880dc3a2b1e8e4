using AiDub.Api.Http;
using AiDub.Domain.Errors;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Auth;

/// <summary>Lets the service start without tokens only where nobody but its developer can reach it.</summary>
internal sealed class OpenMode(
    IOptions<JwtOptions> jwt, IHostEnvironment environment, IConfiguration configuration, IServer server,
    ILogger<OpenMode> log) : IHostedLifecycleService
{
    /// <summary>Judges the addresses that are configured, before anything of the service runs.</summary>
    /// <exception cref="StartRefusedException">Others could reach a service that asks nobody who they are.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Check(Configured());
        return Task.CompletedTask;
    }

    /// <summary>Judges the addresses that were really bound.</summary>
    /// <exception cref="StartRefusedException">Others could reach a service that asks nobody who they are.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Check(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        if (!jwt.Value.IsConfigured)
            log.LogWarning("Nobody is asked for a token: Auth:Jwt is not configured. Anyone on this machine can act as any user.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether only this machine reaches an address such as <c>http://127.0.0.1:5080</c>.</summary>
    internal static bool IsLoopback(string address) => Loopback.IsHost(BindingAddress.Parse(address).Host);

    private void Check(IEnumerable<string> addresses)
    {
        if (jwt.Value.IsConfigured)
            return;
        if (!environment.IsDevelopment())
        {
            throw new StartRefusedException(
                "nobody would be asked for a token: set Auth:Jwt:Authority or Auth:Jwt:SigningKeyFile, "
                + "or ASPNETCORE_ENVIRONMENT=Development on a machine of your own.");
        }
        if (addresses.FirstOrDefault(address => !IsLoopback(address)) is { } open)
            throw new StartRefusedException($"without Auth:Jwt the service listens on loopback only, not on {open}.");
    }

    private IEnumerable<string> Configured()
    {
        var endpoints = configuration
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Select(endpoint => endpoint["Url"])
            .OfType<string>()
            .ToList();
        return endpoints.Count > 0
            ? endpoints
            : (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
