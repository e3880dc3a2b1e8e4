namespace AiDub.Jobs.Engines;

/// <summary>What an engine was found to be.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="Ready">Whether it can be used.</param>
/// <param name="Version">Its version, where it says one.</param>
/// <param name="Voices">Its voices, models or languages by its own names; empty where it lists none.</param>
/// <param name="Detail">Why it is not ready, or what else is worth knowing; for an operator.</param>
public sealed record EngineCheck(string Engine, bool Ready, string? Version, IReadOnlyList<string> Voices, string Detail)
{
    /// <summary>Whether somebody set it up; one that nobody did is no fault.</summary>
    public bool IsConfigured { get; private init; } = true;

    /// <summary>An engine that did not do what it was asked for a try.</summary>
    public static EngineCheck Broken(string engine, Exception why) => new(engine, false, null, [], why.Message.ReplaceLineEndings(" "));

    /// <summary>An engine that is not set up.</summary>
    public static EngineCheck NotConfigured(string engine, string missing) =>
        new(engine, false, null, [], $"not configured: {missing}") { IsConfigured = false };
}

/// <summary>An engine that can be looked at before it is used.</summary>
public interface ICheckedEngine
{
    /// <summary>The engine's name.</summary>
    string Name { get; }

    /// <summary>Looks whether the engine is installed or reached, and what it offers.</summary>
    /// <exception cref="Domain.Errors.DubException">It is configured and does not answer.</exception>
    Task<EngineCheck> CheckAsync(CancellationToken ct);
}
