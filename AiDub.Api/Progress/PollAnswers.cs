using AiDub.Api.Views;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.Progress;

/// <summary>Says that a poll answers either a running or a finished dub; an action can declare only one type a status.</summary>
internal sealed class PollAnswers : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.SupportedResponseTypes.All(answer => answer.Type != typeof(RunningAnswer)))
            return;
        foreach (var media in operation.Responses!["200"].Content!.Values)
            media.Schema = new OpenApiSchema { OneOf = [Schema<RunningAnswer>(context), Schema<FinalAnswer>(context)] };
    }

    private static IOpenApiSchema Schema<T>(OperationFilterContext context) =>
        context.SchemaGenerator.GenerateSchema(typeof(T), context.SchemaRepository);
}
