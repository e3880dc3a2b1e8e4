namespace AiDub.Domain.Dubbing;

/// <summary>The dubs of one request for several languages: what is heard in their source is found out once for all of them.</summary>
/// <param name="Id">Whose artifacts hold what they share; none of the dubs' ids.</param>
/// <param name="Requests">The dubs, in the order in which they lead: the first does the shared work; each further one would only if those
/// before were gone.</param>
public sealed record DubBatch(Guid Id, IReadOnlyList<Guid> Requests);
