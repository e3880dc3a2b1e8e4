using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Endpoints;

/// <summary>An endpoint of the contract that takes JSON from one user: at most 16 KB of it.</summary>
[Consumes("application/json")]
[RequestSizeLimit(MaxBodyBytes)]
internal abstract class JsonController : UserController
{
    /// <summary>The longest body that is read, in bytes.</summary>
    public const int MaxBodyBytes = 16 * 1024;
}
