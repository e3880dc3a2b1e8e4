using Microsoft.AspNetCore.Hosting;

namespace AiDub.Jobs.Hosting;

/// <summary>Where a stand-alone worker answers for its health.</summary>
public static class WorkerAddress
{
    // The API's own address is in the settings that both read; a worker beside it takes whatever port is free.
    private const string AnyFreePort = "http://127.0.0.1:0";

    /// <summary>Listens on what <c>--urls</c> or <c>ASPNETCORE_URLS</c> say, else on a free port of loopback.</summary>
    public static void UseWorkerAddress(this IWebHostBuilder host, string[] args)
    {
        if (!args.Any(a => a.StartsWith("--urls", StringComparison.Ordinal)))
            host.UseUrls(Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? AnyFreePort);
    }
}
