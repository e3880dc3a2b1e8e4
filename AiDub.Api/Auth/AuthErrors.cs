using AiDub.Api.Errors;
using AiDub.Api.Wire;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace AiDub.Api.Auth;

/// <summary>What requests without a good token are answered.</summary>
internal static class AuthErrors
{
    /// <summary>Answers a challenge in the error shape, with what is wrong with the token.</summary>
    public static Task AnswerAsync(JwtBearerChallengeContext challenge)
    {
        challenge.HandleResponse();
        var body = Of(challenge.AuthenticateFailure, challenge.Request.Headers.Authorization.Count > 0);
        challenge.Response.Headers.WWWAuthenticate = body.MsgCode == ErrorCodes.TokenMissing ? "Bearer" : "Bearer error=\"invalid_token\"";
        return challenge.Response.RefuseAsync(body);
    }

    private static ErrorBody Of(Exception? failure, bool wasSent) => failure switch
    {
        null when !wasSent => Refusal.Of(ErrorCodes.TokenMissing, "this needs a token: Authorization: Bearer ..."),
        SecurityTokenExpiredException => Refusal.Of(ErrorCodes.TokenExpired, "the token has expired"),
        UserMissingException => Refusal.Of(ErrorCodes.TokenUserMissing, $"the token has no {UserClaim.Name} that is a whole number"),
        _ => Refusal.Of(ErrorCodes.TokenInvalid, "the token is not valid here"),
    };
}

/// <summary>A token is good but says not whose it is.</summary>
internal sealed class UserMissingException() : SecurityTokenException("The token names no user.");
