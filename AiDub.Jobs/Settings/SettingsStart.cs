using AiDub.Domain.Errors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Settings;

/// <summary>Judges all settings before anything of the service starts.</summary>
public static class SettingsStart
{
    /// <summary>Warns in the log of names that there are not.</summary>
    /// <exception cref="StartRefusedException">A value cannot be read; the message names every such setting.</exception>
    /// <exception cref="OptionsValidationException">A value is out of its range.</exception>
    public static void ReviewSettings(this IServiceProvider services)
    {
        var review = services.GetRequiredService<SettingsReview>();
        if (review.Unreadable() is { Count: > 0 } lines)
            throw new StartRefusedException(string.Join("; ", lines) + ".");
        services.GetService<IStartupValidator>()?.Validate();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SettingsStart).FullName!);
        foreach (var unknown in review.Unknown())
            log.LogWarning("{Unknown} It has no effect.", unknown);
    }
}
