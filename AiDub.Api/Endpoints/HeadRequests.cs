namespace AiDub.Api.Endpoints;

/// <summary>Answers HEAD wherever GET is answered: the same headers, and no body, which the server leaves out.</summary>
internal static class HeadRequests
{
    /// <summary>Lets endpoints that take GET take HEAD.</summary>
    public static TBuilder AnswerHead<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            for (var i = 0; i < endpoint.Metadata.Count; i++)
            {
                if (endpoint.Metadata[i] is HttpMethodMetadata taken
                    && taken.HttpMethods.Contains(HttpMethods.Get)
                    && !taken.HttpMethods.Contains(HttpMethods.Head))
                    endpoint.Metadata[i] = new HttpMethodMetadata([.. taken.HttpMethods, HttpMethods.Head], taken.AcceptCorsPreflight);
            }
        });
        return endpoints;
    }
}
