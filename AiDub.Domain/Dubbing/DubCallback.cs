namespace AiDub.Domain.Dubbing;

/// <summary>Who is to be told of a dub's end.</summary>
/// <param name="Url">The http or https address to post to, as it was sent.</param>
/// <param name="PublicBase">Where whoever submitted the dub reached the service; addresses of results that it serves itself begin with
/// it.</param>
public sealed record DubCallback(string Url, string PublicBase);
