namespace AiDub.Domain.Errors;

/// <summary>Something that a user should know of a result that is not as good as it could be.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Msg">What it means, for a person.</param>
public sealed record DubWarning(WarningCode Code, string Msg);
