using System.Globalization;
using AiDub.Api.Auth;
using AiDub.Api.Errors;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.OpenApi;

/// <summary>The examples of the errors that every endpoint answers in the same words.</summary>
internal static class CommonExamples
{
    /// <summary>What is answered to who does not say for which user.</summary>
    public static IReadOnlyList<ContractExample> NoUser { get; } = [Of(UserErrors.Missing), Of(UserErrors.Invalid)];

    /// <summary>The examples of an answer with <paramref name="status"/>.</summary>
    public static IReadOnlyList<ContractExample> Answers(string status) => status switch
    {
        "400" => NoUser,
        "401" =>
        [
            Error(ErrorCodes.TokenMissing, "this needs a token: Authorization: Bearer ..."),
            Error(ErrorCodes.TokenInvalid, "the token is not valid here"),
            Error(ErrorCodes.TokenExpired, "the token has expired"),
            Error(ErrorCodes.TokenUserMissing, $"the token has no {UserClaim.Name} that is a whole number"),
        ],
        "403" => [Of(UserErrors.Forbidden)],
        "404" => [Of(DubErrors.NotFound)],
        _ => [Bare(int.Parse(status, CultureInfo.InvariantCulture))],
    };
}
