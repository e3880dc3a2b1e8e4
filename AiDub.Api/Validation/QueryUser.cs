using System.Globalization;
using AiDub.Api.Contracts;
using AiDub.Api.Errors;

namespace AiDub.Api.Validation;

/// <summary>Who asks, of a request without a body.</summary>
public static class QueryUser
{
    /// <summary>What is wrong with a query's <c>user_id</c>; null when it names <paramref name="user"/>.</summary>
    public static ErrorBody? Refuse(string? sent, out long user)
    {
        user = 0;
        if (string.IsNullOrWhiteSpace(sent))
            return new ErrorBody { Status = 400, MsgCode = ErrorCodes.UserIdMissing, Msg = "user id is missing" };
        return long.TryParse(sent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out user)
            ? null
            : new ErrorBody { Status = 400, MsgCode = ErrorCodes.UserIdInvalid, Msg = "user id is not a whole number" };
    }
}
