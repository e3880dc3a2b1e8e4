using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Settings;

/// <summary>A section of the configuration and the options that are read from it.</summary>
/// <param name="Path">The section, such as <c>Objects:S3</c>.</param>
/// <param name="Options">The type whose properties are its settings.</param>
public sealed record KnownSection(string Path, Type Options);

/// <summary>On a list that is also read from one text, its entries parted by commas.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PartedByCommasAttribute : Attribute;

/// <summary>On what is written for people or models, which may itself be a quotation.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProseAttribute : Attribute;

/// <summary>Registers options so that a bad value, or a name that there is not, is told by the setting's own name.</summary>
public static class SettingsRegistration
{
    /// <summary>
    /// Reads options from a section, judges them by their annotations when the service starts, and makes their names known.
    /// </summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section)
        where T : class =>
        services.AddKnownSection<T>(section).AddOptions<T>().BindConfiguration(section).Judged(section);

    /// <summary>Reads options from a section that the caller has, in the same way.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, IConfigurationSection section)
        where T : class =>
        services.AddKnownSection<T>(section.Path).AddOptions<T>().Bind(section).Judged(section.Path);

    /// <summary>Judges options by their annotations when the service starts; for those that are not read from one section alone.</summary>
    /// <param name="options">The options.</param>
    /// <param name="section">The section that their settings are told by.</param>
    public static OptionsBuilder<T> Judged<T>(this OptionsBuilder<T> options, string section)
        where T : class
    {
        options.Services.AddSingleton<IValidateOptions<T>>(new SettingsRules<T>(section));
        return options.ValidateOnStart();
    }

    /// <summary>Makes the settings of a section known by their names.</summary>
    public static IServiceCollection AddKnownSection<T>(this IServiceCollection services, string section) =>
        services.AddSingleton(new KnownSection(section, typeof(T)));
}
