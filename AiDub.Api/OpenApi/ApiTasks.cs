using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace AiDub.Api.OpenApi;

/// <summary>
/// What the service is used for, in the order in which somebody who is new to it needs it: the groups of the OpenAPI document, and the
/// operations of each. An operation that is not named here stands last, in a group that nothing describes.
/// </summary>
internal static class ApiTasks
{
    /// <summary>The groups, the first one first.</summary>
    public static IReadOnlyList<ApiTask> All { get; } =
    [
        new("Dubbing", "Submit a video, follow it until it is complete, take its result.",
            ["submitDub", "getProgress", "streamEvents", "getDub"]),
        new("Dubs", "What was submitted: list it, run again what failed, stop or delete what is no longer wanted.",
            ["listDubs", "retryDub", "cancelDub", "deleteDub", "getSource", "listCallbacks"]),
        new("Sources", "Bring files of your own, where a video has no address.", ["uploadFile"]),
        new("Planning", "What can be dubbed, what a dub takes and costs, and what is stored.",
            ["listLanguages", "listVoices", "previewVoice", "getCapabilities", "estimateDub", "getUsage"]),
        new("Editing", "Correct a finished dub segment by segment, render it again, and take its texts as files.",
            ["listSegments", "editSegment", "renderDub", "exportText"]),
    ];

    /// <summary>The id of an operation: the name of its route.</summary>
    public static string? OperationOf(ApiDescription action) => action.ActionDescriptor.AttributeRouteInfo?.Name;

    /// <summary>The group of an operation; null when it has none.</summary>
    public static ApiTask? Of(string? operation) => All.FirstOrDefault(task => task.Operations.Contains(operation));

    /// <summary>What operations are sorted by: their place in <see cref="All"/>.</summary>
    public static string PlaceOf(string? operation)
    {
        var place = All.SelectMany(task => task.Operations).TakeWhile(name => name != operation).Count();
        return $"{place:000} {operation}";
    }
}

/// <summary>A group of operations.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Operations">The ids of its operations, in order.</param>
internal sealed record ApiTask(string Name, string Description, IReadOnlyList<string?> Operations);
