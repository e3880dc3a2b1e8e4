
namespace AiDub.Api.Wire;

/// <summary>A body that says which user it is for.</summary>
internal interface INamesUser
{
    /// <summary>The user; missing where the token says it.</summary>
    SentUserId UserId { get; }
}
