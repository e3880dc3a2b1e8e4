using AiDub.Api.Wire;
using AiDub.Domain.Errors;
using Microsoft.AspNetCore.Mvc;

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
    public static ObjectResult ToResult(this ErrorBody body) => new(body) { StatusCode = body.Status };

    /// <summary>Answers with an error body where MVC does not.</summary>
    public static Task RefuseAsync(this HttpResponse response, ErrorBody body)
    {
        response.StatusCode = body.Status;
        return response.WriteAsJsonAsync(body, WireJson.Options, response.HttpContext.RequestAborted);
    }
}
