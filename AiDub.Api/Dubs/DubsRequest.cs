using System.Globalization;
using AiDub.Api.Errors;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using Microsoft.AspNetCore.Mvc;

namespace AiDub.Api.Dubs;

/// <summary>Which of a user's dubs are asked for.</summary>
internal sealed record DubsRequest
{
    /// <summary>The most dubs of a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>How many dubs a page has at most when the request does not say.</summary>
    public const int DefaultLimit = 20;

    /// <summary>Only those of this project.</summary>
    [FromQuery(Name = "project_id")]
    public string? ProjectId { get; init; }

    /// <summary>Only those in this state: <c>queued</c>, <c>running</c>, <c>complete</c> or <c>failed</c>.</summary>
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    /// <summary>The <c>next_cursor</c> of the page before; absent for the first page. A dub that ends meanwhile keeps its place.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>How many at most: 1 to 100. Default 20.</summary>
    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>Reads the request for a user.</summary>
    /// <param name="userId">Who asks.</param>
    /// <param name="query">What is asked for; null when a field is wrong.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public ErrorBody? TryRead(long userId, out DubQuery? query)
    {
        query = null;
        var (state, limit, cursor) = (ListedStateNames.Parse(State), DefaultLimit, default(DubCursor));
        if (!string.IsNullOrEmpty(State) && state is null)
            return Wrong("state", ErrorCodes.StateInvalid, "state is none of queued, running, complete and failed");
        if (!string.IsNullOrEmpty(Cursor) && !DubCursor.TryParse(Cursor, out cursor))
            return Wrong("cursor", ErrorCodes.CursorInvalid, "cursor is not the next_cursor of a page");
        if (!string.IsNullOrEmpty(Limit)
            && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
            return Wrong("limit", ErrorCodes.LimitInvalid, $"limit is not a whole number from 1 to {MaxLimit}");
        var project = string.IsNullOrEmpty(ProjectId) ? null : ProjectId;
        query = new DubQuery(userId, project, string.IsNullOrEmpty(Cursor) ? null : cursor, limit) { State = state };
        return null;
    }

    private static ErrorBody Wrong(string field, string code, string msg) => Refusal.Of(new FieldError(field, msg, code));
}
