namespace AiDub.Api.Endpoints;

/// <summary>
/// Finds out what the rules of a body need to know and would have to wait for, once the body is read and before it is judged: MVC runs
/// rules synchronously. It is registered by the type of the body.
/// </summary>
internal interface IRuleFacts
{
    /// <summary>The facts for a body; its validator finds them as <see cref="ValidationErrors.FactsOf{TFacts}"/>.</summary>
    Task<object> FindAsync(object body, CancellationToken ct);
}
