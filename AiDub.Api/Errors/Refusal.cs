using AiDub.Api.Wire;
using AiDub.Domain.Errors;

namespace AiDub.Api.Errors;

/// <summary>Makes error bodies, and answers with them.</summary>
internal static class Refusal
{
    /// <summary>The error <paramref name="code"/> with the status that belongs to it.</summary>
    public static ErrorBody Of(string code, string msg) => new() { Status = ErrorStatus.Of(code), MsgCode = code, Msg = msg };

    /// <summary>The error of a dub that would fail for <paramref name="code"/>, before there is one.</summary>
    public static ErrorBody Of(FailureCode code, string msg) => new() { Status = code.HttpStatus, MsgCode = code.Value, Msg = msg };

    /// <summary>The error of fields that are wrong, told by the first of them.</summary>
    public static ErrorBody Of(params IReadOnlyList<FieldError> errors) => Of(errors[0].MsgCode, errors[0].Msg) with { Errors = errors };

    /// <summary>The MVC result of an error body.</summary>
    public static ErrorResult ToResult(this ErrorBody body) => new(body);

    /// <summary>Answers with an error body: in our shape, or as the problem details that were asked for.</summary>
    public static Task RefuseAsync(this HttpResponse response, ErrorBody body)
    {
        var ct = response.HttpContext.RequestAborted;
        response.StatusCode = body.Status;
        return ProblemBody.IsAskedBy(response.HttpContext.Request)
            ? response.WriteAsJsonAsync(ProblemBody.Of(body), WireJson.Options, ProblemBody.MediaType, ct)
            : response.WriteAsJsonAsync(body, WireJson.Options, ct);
    }
}
