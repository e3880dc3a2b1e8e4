using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Jobs.Hosting.Doctor.Checks;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Settings;
using AiDub.Jobs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting.Doctor;

/// <summary>
/// Says what is installed, configured and reachable, and what to do about what is not. It starts no service and no worker.
/// </summary>
public static class DoctorProgram
{
    private const string Json = "--json";

    /// <summary>Looks at everything and prints a line a finding; with <c>--json</c> one document.</summary>
    /// <param name="args">Settings as the service takes them, and <c>--json</c>.</param>
    /// <param name="output">Where it is printed.</param>
    /// <param name="ct">Ends the looking.</param>
    /// <param name="more">Adds what else the program is made of, whose settings are judged too.</param>
    /// <returns>The exit code: 0, or 1 when something fails.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, CancellationToken ct, Action<IServiceCollection, IConfiguration>? more = null)
    {
        var findings = OpenFileLimit.Refusal() is { } few
            ? [Finding.Fail("open files", few, "everything else is looked at once that is done")]
            : await FindAsync([.. args.Where(a => a != Json)], more, ct);
        if (args.Contains(Json))
            await output.WriteLineAsync(JsonSerializer.Serialize(new { Ok = !Fails(findings), Findings = findings }, StoredJson.Options));
        else
            await PrintAsync(findings, output);
        return Fails(findings) ? 1 : 0;
    }

    private static bool Fails(IEnumerable<Finding> findings) => findings.Any(f => f.Verdict == Verdict.Fail);

    private static async Task PrintAsync(IReadOnlyList<Finding> findings, TextWriter output)
    {
        var width = findings.Max(f => f.What.Length);
        foreach (var found in findings)
        {
            var advice = found.Advice is { } what ? $" -> {what}" : "";
            await output.WriteLineAsync(
                $"{found.Verdict.ToString().ToLowerInvariant(),-4}  {found.What.PadRight(width)}  {found.Detail}{advice}"
                    .ReplaceLineEndings(" "));
        }
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(
        string[] args, Action<IServiceCollection, IConfiguration>? more, CancellationToken ct)
    {
        WebApplicationBuilder builder;
        try
        {
            // It reads the settings' files.
            builder = WebApplication.CreateSlimBuilder(
                new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders();
            builder.Configuration.AddServiceSettings();
            Add(builder.Services, builder.Configuration);
            more?.Invoke(builder.Services, builder.Configuration);
        }
        catch (Exception e)
        {
            return [Finding.Fail("settings", StartRefusal.Explain(e), "correct the setting")];
        }

        await using var services = builder.Services.BuildServiceProvider();
        var looks = services.GetServices<IDoctorCheck>().Select(check => GuardedCheck.RunAsync(check, TimeProvider.System, ct));
        return [.. (await Task.WhenAll(looks)).SelectMany(f => f)];
    }

    // What the service is made of, without its queue and without being started.
    private static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SettingsReview>();
        services.AddRooms(configuration);
        services.AddSettings<WorkerOptions>(WorkerOptions.Section);
        services.AddSingleton<IDoctorCheck, SettingsCheck>();
        services.AddSingleton<IDoctorCheck, PackagesCheck>();
        services.AddSingleton<IDoctorCheck, ToolsCheck>();
        services.AddSingleton<IDoctorCheck, EnginesCheck>();
        services.AddSingleton<IDoctorCheck, ModelsCheck>();
        services.AddSingleton<IDoctorCheck, LanguagesCheck>();
        services.AddSingleton<IDoctorCheck, DataFolderCheck>();
        services.AddSingleton<IDoctorCheck, RecordsCheck>();
        services.AddSingleton<IDoctorCheck, ObjectsCheck>();
        services.AddSingleton<IDoctorCheck, PortCheck>();
        services.AddSingleton<IDoctorCheck, AccessCheck>();
        services.AddSingleton<IDoctorCheck, ClockCheck>();
    }
}

/// <summary>Runs a check so that whatever goes wrong in it is a finding.</summary>
internal static class GuardedCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static async Task<IReadOnlyList<Finding>> RunAsync(IDoctorCheck check, TimeProvider clock, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            // A driver may block before its first await; the other checks are not to wait for it.
            return await Task.Run(() => check.RunAsync(either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return [Finding.Fail(check.What, $"did not answer within {Patience.TotalSeconds:0} s", AdviceOf(check))];
        }
        catch (OptionsValidationException e)
        {
            // It was not looked at: what is wrong is what the line names, whatever the check is about.
            return [Finding.Fail(check.What, Explain(e), "see the settings")];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [Finding.Fail(check.What, Explain(e), AdviceOf(check))];
        }
    }

    // What to do may depend on a setting that is itself what is wrong.
    private static string AdviceOf(IDoctorCheck check)
    {
        try
        {
            return check.Advice;
        }
        catch (Exception e) when (e is InvalidOperationException or OptionsValidationException)
        {
            return "see the settings";
        }
    }

    // Settings' and our own messages are written for an operator; of others, which may repeat a connection string, only the kind is told.
    private static string Explain(Exception error) => error switch
    {
        // What a store says of itself when it is away is for users.
        TransientDubException { InnerException: SqliteException database } => StartRefusal.Explain(database),
        OptionsValidationException or StartRefusedException or DubException or SqliteException => StartRefusal.Explain(error),
        InvalidOperationException { Source: "AiDub.Jobs" } or IOException or UnauthorizedAccessException => error.Message,
        _ => $"could not be looked at ({error.GetType().Name})",
    };
}
