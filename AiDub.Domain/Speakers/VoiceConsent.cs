namespace AiDub.Domain.Speakers;

/// <summary>Who says that the people in a source agree to be spoken for in their own voices; recorded with the dub.</summary>
/// <param name="By">A name, at most <see cref="MaxLength"/> characters.</param>
/// <param name="At">When they agreed.</param>
public sealed record VoiceConsent(string By, DateTimeOffset At)
{
    /// <summary>How long a name may be, in characters.</summary>
    public const int MaxLength = 200;
}
