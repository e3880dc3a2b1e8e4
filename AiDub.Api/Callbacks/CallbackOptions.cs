using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Callbacks;

/// <summary>How callbacks are signed and sent: configuration section <c>Callbacks</c>. Without a key none can be asked for.</summary>
internal sealed class CallbackOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Callbacks";

    /// <summary>The HMAC key as UTF-8, at least 32 bytes. Default none. Put it into a secret rather than into a setting.</summary>
    public string? SigningKey { get; set; }

    /// <summary>A file that holds the key, read for every callback, white space at its ends left out. Default none.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>
    /// Secrets of Standard Webhooks, each <c>whsec_</c> and Base64 of 24 to 64 bytes: every one signs, so that a new one is added,
    /// receivers take it up, and the old one is removed. Default none.
    /// </summary>
    public string[] Secrets { get; set; } = [];

    /// <summary>A file of more such secrets, one a line, read for every callback. Default none.</summary>
    public string? SecretsFile { get; set; }

    /// <summary>How often due callbacks are looked for, in seconds: 0.05 to 60. Default 1.</summary>
    [Range(0.05, 60)]
    public double PollSeconds { get; set; } = 1;

    /// <summary>How long a receiver may take to answer, in seconds: 0.1 to 60. Default 10.</summary>
    [Range(0.1, 60)]
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// After how many seconds, more than <see cref="TimeoutSeconds"/>, a callback whose process died is sent by another: 1 to 600. Default
    /// 60.
    /// </summary>
    [Range(1.0, 600.0)]
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>How many callbacks this process sends at once: 1 to 1000. Default 64.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>How many of them may be of one user's dubs: 1 to 1000. Default 8.</summary>
    [Range(1, 1000)]
    public int ConcurrencyPerUser { get; set; } = 8;

    /// <summary>
    /// How many of them may go to one receiver, so that one that does not answer holds up no others: 1 to 1000. Default 4.
    /// </summary>
    [Range(1, 1000)]
    public int ConcurrencyPerReceiver { get; set; } = 4;

    /// <summary>
    /// For how many hours a callback is kept after it was told or given up: 24 to 8760, counted from when its dub ended. Default 168 (a
    /// week).
    /// </summary>
    [Range(24.0, 8760.0)]
    public double KeepHours { get; set; } = 168;

    /// <summary>Whether there is a key.</summary>
    public bool IsConfigured =>
        Secrets.Length > 0 || new[] { SigningKey, SigningKeyFile, SecretsFile }.Any(text => !string.IsNullOrEmpty(text));
}

/// <summary>Stops the start when <see cref="CallbackOptions"/> cannot work.</summary>
internal sealed class CallbackOptionsValidator : IValidateOptions<CallbackOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, CallbackOptions options)
    {
        if (!string.IsNullOrEmpty(options.SigningKey) && !string.IsNullOrEmpty(options.SigningKeyFile))
            return ValidateOptionsResult.Fail("Callbacks has both a SigningKey and a SigningKeyFile.");
        if (options.LeaseSeconds <= options.TimeoutSeconds)
            return ValidateOptionsResult.Fail("Callbacks:LeaseSeconds is not above Callbacks:TimeoutSeconds.");
        try
        {
            if (options.IsConfigured)
                CallbackKeys.Of(options);
            return ValidateOptionsResult.Success;
        }
        catch (FormatException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var file = string.IsNullOrEmpty(options.SigningKeyFile) ? nameof(options.SecretsFile) : nameof(options.SigningKeyFile);
            return ValidateOptionsResult.Fail($"Callbacks:{file} cannot be read.");
        }
    }
}
