namespace AiDub.Api.Auth;

/// <summary>Who a request acts for: with tokens the token's user, without them the user that the request names.</summary>
/// <param name="UserId">The user.</param>
internal sealed record Caller(long UserId)
{
    /// <summary>The caller of an action that is <see cref="ForCallerAttribute"/>.</summary>
    /// <exception cref="InvalidOperationException">The action is not.</exception>
    public static Caller Of(HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("Only an action that is ForCaller has a caller.");
}
