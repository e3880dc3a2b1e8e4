using System.Text.Json;
using AiDub.Api.Errors;
using AiDub.Api.Wire;
using FluentValidation;
using FluentValidation.AspNetCore;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Endpoints;

/// <summary>
/// Carries error codes from the rules to the answer. The automatic validation runs the rules of every body, but puts only their messages
/// into the model state, and there loses their order.
/// </summary>
internal sealed class ValidationErrors : IValidatorInterceptor
{
    /// <summary>What <see cref="IRuleFacts"/> found out for the body that is judged.</summary>
    public static TFacts FactsOf<TFacts>(IValidationContext context) => (TFacts)context.RootContextData[nameof(RuleFacts)];

    /// <summary>The answer to a request whose model state is not valid.</summary>
    public static IActionResult Answer(ActionContext action) =>
        // Fields are read whatever they hold and have rules of their own, so where no rule is broken it is the body that cannot be read.
        (action.HttpContext.Features.Get<ErrorBody>() ?? HttpErrors.Of(StatusCodes.Status400BadRequest)).ToResult();

    /// <inheritdoc/>
    public IValidationContext BeforeAspNetValidation(ActionContext actionContext, IValidationContext commonContext)
    {
        if (actionContext.HttpContext.Features.Get<RuleFacts>() is { } facts)
            commonContext.RootContextData[nameof(RuleFacts)] = facts.Value;
        return commonContext;
    }

    /// <inheritdoc/>
    public ValidationResult AfterAspNetValidation(
        ActionContext actionContext, IValidationContext validationContext, ValidationResult result)
    {
        if (!result.IsValid)
            actionContext.HttpContext.Features.Set(Describe(result.Errors, validationContext.InstanceToValidate));
        return result;
    }

    private static ErrorBody Describe(List<ValidationFailure> failures, object body)
    {
        var errors = failures.ConvertAll(failure => new FieldError(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.PropertyName), failure.ErrorMessage, failure.ErrorCode));
        return body is INamesFirstError ? Refusal.Of(errors[0].MsgCode, errors[0].Msg) : Refusal.Of(errors);
    }
}
