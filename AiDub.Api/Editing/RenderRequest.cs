using System.Text.Json.Serialization;
using AiDub.Api.Wire;

namespace AiDub.Api.Editing;

/// <summary>Asks for a dub to be rendered again with what was edited.</summary>
internal sealed record RenderRequest : INamesUser
{
    /// <summary>Who asks. May be left out with a token; if it is given then, it must be the token's user.</summary>
    public SentUserId UserId { get; init; }

    /// <summary>The revision that is to be rendered, refused when the dub has another by now; absent: whichever it has.</summary>
    public int? Revision { get; init; }

    /// <summary><c>none</c>, <c>soft</c> or <c>burned</c>, as at submit; absent: as the last result has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText Subtitles { get; init; }
}

/// <summary>A new rendering was begun: poll, follow the events or wait for the callback as for a first dub.</summary>
/// <param name="RequestId">The dub's id.</param>
/// <param name="Status">Always <c>progress_initiated</c>.</param>
/// <param name="Revision">The revision that is rendered.</param>
internal sealed record RenderResponse(Guid RequestId, string Status, int Revision);
