using AiDub.Api.Errors;
using AiDub.Api.Wire;

namespace AiDub.Api.OpenApi;

/// <summary>A request or an answer as it really is.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Summary">What it shows.</param>
/// <param name="Value">The body.</param>
internal sealed record ContractExample(string Name, string Summary, object Value)
{
    /// <summary>An error.</summary>
    public static ContractExample Of(ErrorBody body) => new(body.MsgCode, body.Msg, body);

    /// <summary>The error of a code.</summary>
    public static ContractExample Error(string code, string msg) => Of(Refusal.Of(code, msg));

    /// <summary>The error of a field.</summary>
    public static ContractExample Field(string field, string code, string msg) => Of(Refusal.Of(new FieldError(field, msg, code)));

    /// <summary>The error of a bare status.</summary>
    public static ContractExample Bare(int status) => Of(HttpErrors.Of(status));
}
