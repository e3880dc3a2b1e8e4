using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Dashboards;

/// <summary>Who may look at the dashboard, and who may act there: configuration section <c>Dashboard</c>.</summary>
internal sealed class DashboardAccessOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Dashboard";

    /// <summary>
    /// The role that makes the bearer of a token an operator. Default none: no token does. Whoever is no operator sees no page of it.
    /// </summary>
    public string? Role { get; set; }

    /// <summary>The claim that holds roles. Default <c>role</c>.</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>
    /// The name of an operator's login of the dashboard's own (HTTP Basic, over https or from this machine only). Default none: no login.
    /// </summary>
    public string? User { get; set; }

    /// <summary>
    /// The login's password as <c>pbkdf2-sha256$iterations$salt$hash</c>: at least 100,000 iterations, salt and 32 bytes of hash in Base64.
    /// </summary>
    public string? PasswordHash { get; set; }

    /// <summary>A file whose first line is the login's password, of at least 12 characters; read again at every login.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>
    /// How many logins from one address may fail within a minute before all from there are refused until it has passed, 1 to 1000. Default
    /// 10.
    /// </summary>
    [Range(1, 1000)]
    public int FailedLoginsPerMinute { get; set; } = 10;

    /// <summary>Whether there is a login.</summary>
    public bool HasLogin => !string.IsNullOrEmpty(User);
}

/// <summary>Stops the start when <see cref="DashboardAccessOptions"/> cannot work.</summary>
internal sealed class DashboardAccessOptionsValidator : IValidateOptions<DashboardAccessOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DashboardAccessOptions options)
    {
        var (hash, file) = (!string.IsNullOrEmpty(options.PasswordHash), !string.IsNullOrEmpty(options.PasswordFile));
        if (string.IsNullOrWhiteSpace(options.RoleClaim))
            return ValidateOptionsResult.Fail("Dashboard:RoleClaim is empty.");
        if (!options.HasLogin)
            return hash || file ? ValidateOptionsResult.Fail("Dashboard has a password but no User.") : ValidateOptionsResult.Success;
        if (hash == file || options.User!.Contains(':', StringComparison.Ordinal))
            return ValidateOptionsResult.Fail("Dashboard:User needs one of PasswordHash and PasswordFile, and is a name without a colon.");
        if (hash && DashboardPassword.ParseHash(options.PasswordHash!) is null)
            return ValidateOptionsResult.Fail(
                "Dashboard:PasswordHash is not pbkdf2-sha256$iterations$salt$hash with at least 100000 iterations.");
        return file && DashboardPassword.Read(options.PasswordFile!) is null
            ? ValidateOptionsResult.Fail(
                $"Dashboard:PasswordFile cannot be read, or its first line has fewer than {DashboardPassword.MinLength} characters.")
            : ValidateOptionsResult.Success;
    }
}
