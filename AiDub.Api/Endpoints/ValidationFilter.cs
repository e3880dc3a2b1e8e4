using System.Text.Json;
using AiDub.Api.Errors;
using AiDub.Api.Progress;
using AiDub.Api.Wire;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AiDub.Api.Endpoints;

/// <summary>Runs the validator of every argument before its action and answers what is wrong, error codes included.</summary>
/// <remarks>The package's automatic validation drops error codes and cannot await the engines.</remarks>
public sealed class ValidationFilter : IAsyncActionFilter
{
    /// <inheritdoc/>
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        foreach (var argument in context.ActionArguments.Values.OfType<object>())
        {
            if (http.RequestServices.GetService(typeof(IValidator<>).MakeGenericType(argument.GetType())) is not IValidator validator)
                continue;
            var result = await validator.ValidateAsync(new ValidationContext<object>(argument), http.RequestAborted);
            if (result.IsValid)
                continue;
            context.Result = Describe(result.Errors, argument).ToResult();
            return;
        }
        await next();
    }

    private static ErrorBody Describe(List<ValidationFailure> failures, object argument) => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Msg = failures[0].ErrorMessage,
        MsgCode = failures[0].ErrorCode,
        // The contract spells the errors of a poll out, without a list.
        Errors = argument is ProgressRequest ? null : [.. failures.Select(Describe)],
    };

    private static FieldError Describe(ValidationFailure failure) =>
        new(JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.PropertyName), failure.ErrorMessage, failure.ErrorCode);
}
