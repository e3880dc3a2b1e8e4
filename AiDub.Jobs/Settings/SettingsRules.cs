using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Settings;

/// <summary>Judges options by their annotations; a failure names the setting as an operator writes it, and its value.</summary>
/// <param name="section">The section of the options.</param>
internal sealed class SettingsRules<T>(string section) : IValidateOptions<T>
    where T : class
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var found = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(found.Select(result => Told(options, result)));
    }

    private string Told(T options, ValidationResult result)
    {
        var message = result.ErrorMessage ?? "is not valid";
        if (result.MemberNames.FirstOrDefault() is not { } member)
            return message;
        var setting = $"{section}:{member}";
        // Rules of our own are whole sentences; those of the annotations begin with the property's name.
        if (message.StartsWith($"The field {member} ", StringComparison.Ordinal))
            return $"{setting}{Value(options, member)}: it {message[$"The field {member} ".Length..]}";
        if (message.StartsWith($"The {member} field ", StringComparison.Ordinal))
            return $"{setting} {message[$"The {member} field ".Length..]}";
        if (message.StartsWith(section, StringComparison.Ordinal))
            return message;
        return message.StartsWith(member, StringComparison.Ordinal) ? $"{section}:{message}" : $"{setting}: {message}";
    }

    private static string Value(T options, string member)
    {
        var value = SecretSettings.IsSecret(member) ? null : typeof(T).GetProperty(member)?.GetValue(options);
        return value is string or ValueType ? string.Create(CultureInfo.InvariantCulture, $" is '{value}'") : "";
    }
}
