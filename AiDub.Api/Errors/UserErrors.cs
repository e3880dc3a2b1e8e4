using AiDub.Api.Wire;

namespace AiDub.Api.Errors;

/// <summary>The error bodies that are about who asks.</summary>
internal static class UserErrors
{
    /// <summary>Nobody is named.</summary>
    public static ErrorBody Missing { get; } = Refusal.Of(ErrorCodes.UserIdMissing, "user id is missing");

    /// <summary>What is named is no user.</summary>
    public static ErrorBody Invalid { get; } = Refusal.Of(ErrorCodes.UserIdInvalid, "user id is not a whole number");

    /// <summary>Another user is named than the token's.</summary>
    public static ErrorBody Forbidden { get; } = Refusal.Of(ErrorCodes.UserForbidden, "user id is not the token's");
}
