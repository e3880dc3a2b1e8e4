using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether every setting has a value that the service starts with.</summary>
internal sealed class SettingsCheck(IStartupValidator validator) : IDoctorCheck
{
    public string What => "settings";

    public string Advice => "correct the setting in appsettings.json or the environment";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var failures = Failures().ToList();
        return Task.FromResult<IReadOnlyList<Finding>>(
            failures.Count == 0 ? [Finding.Ok(What, "all in range")] : [.. failures.Select(f => Finding.Fail(What, f, Advice))]);
    }

    private IEnumerable<string> Failures()
    {
        try
        {
            validator.Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
        catch (AggregateException e)
        {
            return e.InnerExceptions.OfType<OptionsValidationException>().SelectMany(o => o.Failures);
        }
    }
}
