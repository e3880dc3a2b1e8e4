using AiDub.Api.Errors;
using AiDub.Api.Wire;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace AiDub.Api.Auth;

/// <summary>What requests without a good token are answered.</summary>
public static class AuthErrors
{
    /// <summary>Answers a challenge in the error shape, with what is wrong with the token.</summary>
    public static Task AnswerAsync(JwtBearerChallengeContext challenge)
    {
        challenge.HandleResponse();
        var body = Of(challenge.AuthenticateFailure, challenge.Request.Headers.Authorization.Count > 0);
        challenge.Response.StatusCode = body.Status;
        challenge.Response.Headers.WWWAuthenticate = body.MsgCode == ErrorCodes.TokenMissing ? "Bearer" : "Bearer error=\"invalid_token\"";
        return challenge.Response.WriteAsJsonAsync(body, WireJson.Options, challenge.HttpContext.RequestAborted);
    }

    private static ErrorBody Of(Exception? failure, bool wasSent) => failure switch
    {
        null when !wasSent => Body(ErrorCodes.TokenMissing, "this needs a token: Authorization: Bearer ..."),
        SecurityTokenExpiredException => Body(ErrorCodes.TokenExpired, "the token has expired"),
        UserMissingException => Body(ErrorCodes.TokenUserMissing, $"the token has no {UserClaim.Name} that is a whole number"),
        _ => Body(ErrorCodes.TokenInvalid, "the token is not valid here"),
    };

    private static ErrorBody Body(string code, string msg) => new()
    {
        Status = StatusCodes.Status401Unauthorized,
        MsgCode = code,
        Msg = msg,
    };
}

/// <summary>A token is good but says not whose it is.</summary>
public sealed class UserMissingException() : SecurityTokenException("The token names no user.");
