using AiDub.Jobs.Settings;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether every setting has a value that the service starts with, and a name that it knows.</summary>
internal sealed class SettingsCheck(SettingsReview review, IStartupValidator validator) : IDoctorCheck
{
    public string What => "settings";

    public string Advice => "correct the setting in appsettings.json or the environment";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var found = review.Unreadable().Select(line => Finding.Fail(What, line, Advice)).ToList();
        // What cannot be read cannot be judged either.
        if (found.Count == 0)
            found.AddRange(Failures().Select(line => Finding.Fail(What, line, Advice)));
        found.AddRange(review.Unknown().Select(line => Finding.Warn(What, line, "correct its name, or remove it")));
        return Task.FromResult<IReadOnlyList<Finding>>(found.Count == 0 ? [Finding.Ok(What, "all known and in range")] : found);
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
