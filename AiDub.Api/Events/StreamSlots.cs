using AiDub.Api.Limits;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Events;

/// <summary>The streams that each user may have open at this process.</summary>
internal sealed class StreamSlots(IOptions<EventOptions> options) : UserSlots(options.Value.MaxStreamsPerUser);
