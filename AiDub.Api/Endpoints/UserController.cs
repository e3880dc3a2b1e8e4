using AiDub.Api.Auth;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Endpoints;

/// <summary>An endpoint of the contract that answers one user, in JSON.</summary>
[ApiController]
[Produces("application/json")]
[AnswersJson]
[ForCaller]
internal abstract class UserController : ControllerBase
{
    /// <summary>The user who asks.</summary>
    protected long UserId => Caller.Of(HttpContext).UserId;
}
