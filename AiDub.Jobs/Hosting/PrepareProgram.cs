using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Apertium;
using AiDub.Jobs.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Makes what engines would else make when they are first used, so that an image or an installation holds it and may be read-only.
/// </summary>
public static class PrepareProgram
{
    /// <summary>
    /// Compiles the language pairs that are our own into <c>Engines:Apertium:CompiledDirectory</c>; what is there already stays.
    /// </summary>
    /// <param name="args">Settings as the service takes them.</param>
    /// <param name="output">Told in one line what came of it.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The exit code: 0, also when the packages that a pair is made of are not installed; 1 when a pair could not be compiled, 78
    /// when a setting is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder(
                new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders();
            builder.Configuration.AddServiceSettings();
            builder.Services.AddEngines(builder.Configuration);
            await using var services = builder.Services.BuildServiceProvider();
            var folder = await services.GetRequiredService<ApertiumTranslator>().PrepareAsync(ct);
            await output.WriteLineAsync(folder is null
                ? "English into Indonesian was not compiled: packages that it is made of are not installed."
                : $"English into Indonesian is compiled in {folder}.");
            return 0;
        }
        catch (Exception e) when (e is ToolFailedException or IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"English into Indonesian could not be compiled: {e.Message}".ReplaceLineEndings(" "));
            return 1;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await output.WriteLineAsync($"aidub: {StartRefusal.Explain(e)}");
            return ServiceRun.Misconfigured;
        }
    }
}
