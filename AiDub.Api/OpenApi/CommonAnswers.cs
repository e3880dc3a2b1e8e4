using AiDub.Api.Auth;
using AiDub.Api.Endpoints;
using AiDub.Api.Limits;
using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.OpenApi;

/// <summary>
/// Describes the errors that endpoints of a kind answer in common, and gives every error its schema. An action's own <c>response</c> tags
/// say what is special to it, and are kept.
/// </summary>
internal sealed class CommonAnswers : IOperationFilter
{
    private const string AskAgain = "`Retry-After` says in how many seconds to ask again.";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var takesJson = metadata.OfType<ConsumesAttribute>().Any();
        var takesBody = operation.RequestBody is not null;
        if (operation.RequestBody is OpenApiRequestBody sent)
            sent.Required = true;
        var answers = operation.Responses ??= [];
        if (metadata.OfType<ForCallerAttribute>().Any())
        {
            Add(answers, "400", takesJson ? "A field is missing or wrong." : "The user id is missing or not a whole number.");
            Add(answers, "401", "The token is missing, wrong or expired, or names no user.");
            Add(answers, "403", "The user id is not the token's.");
        }
        if (context.ApiDescription.ParameterDescriptions.Any(field => field.Name == "request_id"))
            Add(answers, "404", "This user has no such dub.");
        if (metadata.OfType<AnswersJsonAttribute>().Any())
            Add(answers, "406", "The Accept header rules JSON out.");
        if (takesBody)
            Add(answers, "408", "The body took too long to arrive.");
        if (takesJson)
        {
            Add(answers, "413", "The body is larger than 16 KB.");
            Add(answers, "415", "The body was not sent as application/json.");
        }
        Add(answers, "414", $"The address is longer than {HeadLimits.TargetLength / 1024} KB.");
        Add(
            answers,
            "431",
            $"There are more than {HeadLimits.HeaderCount} headers, or more than {HeadLimits.HeadersLength / 1024} KB of them.");
        Add(answers, "429", $"Too many requests; {AskAgain}");
        Add(answers, "500", "Something went wrong on the server; it has been logged.");
        Add(answers, "503", $"Something that the service depends on does not answer; {AskAgain}");
        Complete(answers, context);
    }

    private static void Add(OpenApiResponses answers, string status, string description)
    {
        if (!answers.ContainsKey(status))
            answers[status] = new OpenApiResponse { Description = description };
    }

    // In the order of their statuses, and every error in the one shape.
    private static void Complete(OpenApiResponses answers, OperationFilterContext context)
    {
        foreach (var (status, answer) in answers.OrderBy(answer => answer.Key, StringComparer.Ordinal).ToList())
        {
            answers.Remove(status);
            answers[status] = answer;
            if (answer is OpenApiResponse error && string.CompareOrdinal(status, "400") >= 0)
                error.Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = Shape(context) } };
        }
    }

    private static IOpenApiSchema Shape(OperationFilterContext context) =>
        context.SchemaGenerator.GenerateSchema(typeof(ErrorBody), context.SchemaRepository);
}
