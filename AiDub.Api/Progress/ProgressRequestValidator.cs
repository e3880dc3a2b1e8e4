using AiDub.Api.Auth;
using AiDub.Api.Errors;
using FluentValidation;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Progress;

/// <summary>The rules of a poll. The first that is broken is the answer; a request id of any other shape is simply not found.</summary>
internal sealed class ProgressRequestValidator : AbstractValidator<ProgressRequest>
{
    /// <summary>The rules, in the contract's order.</summary>
    public ProgressRequestValidator(IOptions<JwtOptions> jwt)
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleLevelCascadeMode = CascadeMode.Stop;

        RuleFor(r => r.RequestId)
            .Must(id => !id.IsMissing).WithErrorCode(ErrorCodes.RequestIdMissing).WithMessage("request id is missing");

        RuleFor(r => r.UserId)
            .Must(id => !id.IsMissing || jwt.Value.IsConfigured).WithErrorCode(ErrorCodes.UserIdMissing).WithMessage("user id is missing")
            .Must(id => id.IsMissing || id.Value is not null)
                .WithErrorCode(ErrorCodes.UserIdInvalid)
                .WithMessage("user id is not a whole number");
    }
}
