using AiDub.Api.Auth;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Progress;

/// <summary>
/// Answers a poll of a dub that runs, in the form that front ends send, before MVC binds its body and judges it: most requests are such
/// polls. Everything else goes on to the action with its body unread, and the action would answer such a poll just the same.
/// </summary>
/// <param name="reader">Finds the dub.</param>
/// <param name="jwt">Say whether a token tells who asks.</param>
internal sealed class RunningPoll(ProgressReader reader, IOptions<JwtOptions> jwt) : IAsyncResourceFilter
{
    /// <inheritdoc/>
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (await PlainPoll.ReadAsync(http.Request) is { } poll && IsOf(http, poll.UserId)
            && await reader.FindRunningAsync(poll.UserId, poll.RequestId, http.RequestAborted) is { } running)
            context.Result = ProgressController.Running(http.Response, running);
        else
            await next();
    }

    private bool IsOf(HttpContext http, long userId) => !jwt.Value.IsConfigured || UserClaim.Of(http.User) == userId;
}
