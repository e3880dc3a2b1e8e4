using AiDub.Domain.Errors;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Brings the records to the version of this program and says what it does. It starts no service, and may run beside those that do.
/// </summary>
public static class MigrateProgram
{
    /// <summary>Migrates, and prints a line for whatever is done.</summary>
    /// <param name="args">Settings as the service takes them.</param>
    /// <param name="output">Where it is printed.</param>
    /// <param name="ct">Ends the work; a repetition goes on from there.</param>
    /// <returns>The exit code: 0, 1 when something could not be done, 78 when a setting is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder(
                new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders();
            builder.Configuration.AddServiceSettings();
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOutages().AddLeases().AddStorage(builder.Configuration);
            await using var services = builder.Services.BuildServiceProvider();
            return await services.GetRequiredService<SchemaMigration>().RunAsync(output.WriteLine, ct) ? 0 : 1;
        }
        catch (Exception e) when (e is OptionsValidationException or StartRefusedException or InvalidDataException)
        {
            await output.WriteLineAsync($"aidub: {StartRefusal.Explain(e)}");
            return ServiceRun.Misconfigured;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await output.WriteLineAsync($"aidub: the records could not be migrated: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
