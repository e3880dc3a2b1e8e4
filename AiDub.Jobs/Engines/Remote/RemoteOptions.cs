using System.ComponentModel.DataAnnotations;
using AiDub.Domain.Languages;

namespace AiDub.Jobs.Engines.Remote;

/// <summary>What every engine that is reached over HTTP is told: where it is, how to log in, and how patient to be.</summary>
public abstract class RemoteOptions : IValidatableObject
{
    /// <summary>Where its API is, such as <c>http://127.0.0.1:8000/v1</c>; without user, password or query.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Its key; absent: none is sent. Best set by the environment.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The languages it is used for, as ISO 639-1; empty: the engine's own default.</summary>
    public string[] Languages { get; set; } = [];

    /// <summary>How long one call may take before it is broken off and repeated, in seconds, 1–3600; default 120.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>How often a call that failed is repeated, 0–10; default 4. The dub's own retries come on top.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 4;

    /// <summary>
    /// The pause before the first repetition, in seconds, 0.01–60; default 1. It doubles each time, with jitter, up to
    /// <see cref="MaxWaitSeconds"/>.
    /// </summary>
    [Range(0.01, 60)]
    public double RetrySeconds { get; set; } = 1;

    /// <summary>
    /// The longest pause between repetitions, in seconds, 1–3600; default 60. A server that asks for a longer one fails the attempt at
    /// once.
    /// </summary>
    [Range(1, 3600)]
    public int MaxWaitSeconds { get; set; } = 60;

    /// <summary>How many calls run at once in this process, 1–64; default 4. Others queue.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    /// <summary>
    /// After how many faults, when they are at least half of the calls, no more calls are made for a while; 2–1000, default 10.
    /// </summary>
    [Range(2, 1000)]
    public int CircuitFaults { get; set; } = 10;

    /// <summary>For how long no calls are made then, in seconds, 1–3600; default 30.</summary>
    [Range(1, 3600)]
    public int CircuitSeconds { get; set; } = 30;

    /// <summary>
    /// What a minute of sound costs, for estimates, in <c>Estimates:Currency</c>; 0 to 1,000,000. Default: none, and no cost is told.
    /// </summary>
    [Range(0.0, 1_000_000.0)]
    public decimal? PricePerMinute { get; set; }

    /// <summary>What a million characters of text cost, in the same way.</summary>
    [Range(0.0, 1_000_000.0)]
    public decimal? PricePerMillionCharacters { get; set; }

    /// <summary>Whether there is enough to make calls with.</summary>
    internal abstract bool IsConfigured { get; }

    /// <summary>The address of one of its end points.</summary>
    /// <param name="path">Relative, without a slash in front.</param>
    internal Uri Address(string path) => new($"{Base.TrimEnd('/')}/{path}");

    /// <summary>The base address in effect.</summary>
    internal virtual string Base => BaseUrl ?? throw new InvalidOperationException("The engine has no BaseUrl.");

    /// <summary>The languages in effect; none when the engine is not configured.</summary>
    internal IReadOnlySet<string> LanguagesOr(IReadOnlySet<string> usual)
    {
        if (!IsConfigured)
            return new HashSet<string>();
        return Languages.Length == 0 ? usual : Languages.Select(l => LanguageCode.TryParse(l, out var code) ? code : l).ToHashSet();
    }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is not null && !(Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0))
            yield return new ValidationResult(
                "BaseUrl is not an http or https address without user, query and fragment.", [nameof(BaseUrl)]);
        if (ApiKey is not null && (ApiKey.Length == 0 || ApiKey.Any(c => c is <= ' ' or > '~')))
            yield return new ValidationResult("ApiKey is empty or holds a space or a character that is not ASCII.", [nameof(ApiKey)]);
        foreach (var language in Languages.Where(l => !LanguageCode.TryParse(l, out _)))
            yield return new ValidationResult($"Languages holds '{language}', which is no language of ISO 639-1.", [nameof(Languages)]);
    }
}
