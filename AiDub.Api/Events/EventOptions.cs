using System.ComponentModel.DataAnnotations;

namespace AiDub.Api.Events;

/// <summary>How events are streamed: configuration section <c>Events</c>.</summary>
internal sealed class EventOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Events";

    /// <summary>
    /// How often a dub that is listened to is read, in seconds: 0.05 to 30. Default 1, as often as its heartbeat is written.
    /// </summary>
    [Range(0.05, 30)]
    public double PollSeconds { get; set; } = 1;

    /// <summary>
    /// After how many seconds of silence a comment is sent, so that nobody between cuts the connection: 0.1 to 300. Default 15.
    /// </summary>
    [Range(0.1, 300)]
    public double HeartbeatSeconds { get; set; } = 15;

    /// <summary>How many streams one user may have open at this process at once: 1 to 10000. Default 20.</summary>
    [Range(1, 10000)]
    public int MaxStreamsPerUser { get; set; } = 20;
}
