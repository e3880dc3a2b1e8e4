using System.ComponentModel.DataAnnotations;

namespace AiDub.Domain.Audio;

/// <summary>How the dub is mixed over the original: section <c>Mix</c>.</summary>
public sealed class MixOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Mix";

    /// <summary>How far the original is lowered while somebody speaks, in dB. Default −18; −60 to 0 (not at all).</summary>
    [Range(-60.0, 0.0)]
    public double DuckingDb { get; init; } = -18;

    /// <summary>
    /// How far the middle of a stereo source is lowered while the original speaks, in dB, where its voice stands there: default −24; −60 to
    /// 0 (never).
    /// </summary>
    [Range(-60.0, 0.0)]
    public double CentreDb { get; init; } = -24;

    /// <summary>
    /// How far all of a source is lowered under speech whose voice is taken out of the middle, in dB; never further than
    /// <see cref="DuckingDb"/>. Default −6; −60 to 0.
    /// </summary>
    [Range(-60.0, 0.0)]
    public double CentreDuckingDb { get; init; } = -6;

    /// <summary>How far a source is lowered whose voice is taken out of the middle, in dB.</summary>
    internal double RestDb => Math.Max(DuckingDb, CentreDuckingDb);

    /// <summary>How long before speech the original begins to go down, in seconds. Default 0.15; 0.005 to 2.</summary>
    [Range(0.005, 2.0)]
    public double AttackSeconds { get; init; } = 0.15;

    /// <summary>How long after speech the original takes to come back, in seconds. Default 0.25; 0.005 to 5.</summary>
    [Range(0.005, 5.0)]
    public double ReleaseSeconds { get; init; } = 0.25;

    /// <summary>How much is added to either side of speech, in seconds, as recognisers cut close. Default 0.05; 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double PaddingSeconds { get; init; } = 0.05;

    /// <summary>Pauses shorter than this stay lowered, in seconds, so that the original does not pump. Default 0.4; 0 to 10.</summary>
    [Range(0.0, 10.0)]
    public double BridgeSeconds { get; init; } = 0.4;

    /// <summary>The highest true peak of the mix before it is encoded, in dBTP. Default −1.5; −12 to −0.1.</summary>
    [Range(-12.0, -0.1)]
    public double PeakDbtp { get; init; } = -1.5;
}
