using System.Text.Json.Serialization;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Speech;

namespace AiDub.Api.Contracts;

/// <summary>Asks for a dub.</summary>
public sealed record SubmitRequest
{
    /// <summary>
    /// The video's http or https address, or s3://bucket/key in an allowed bucket; at most 2048 characters, without user name or password.
    /// Its <c>+</c> and percent escapes reach the source server as they are written here.
    /// </summary>
    public SentText SourceVideoUrl { get; init; }

    /// <summary>Who asks: a whole number of 64 bits, or a text of its digits.</summary>
    public SentUserId UserId { get; init; }

    /// <summary>Your own name for the project that the dub belongs to: text of 1 to 200 characters, without control characters.</summary>
    public SentText ProjectId { get; init; }

    /// <summary>
    /// The language to dub into as a BCP 47 tag: <c>id</c>; <c>ID</c>, <c>id-ID</c>, <c>ind</c> and the old <c>in</c> mean the same. A region
    /// (<c>pt-BR</c>) is followed by the engines that know it.
    /// </summary>
    public SentText ToLang { get; init; }

    /// <summary>The spoken language as a BCP 47 tag; absent, null or empty: it is detected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText FromLang { get; init; }

    /// <summary>
    /// Voices by the engine's own names, for a speaker as the report of an earlier dub names them (<c>S2</c>), for <c>female</c> or <c>male</c>
    /// speakers, or for all others (<c>*</c>): at most 32. Absent or null: each speaker is given a voice of fitting pitch.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentVoices Voices { get; init; }

    /// <summary>The order of a request that was found valid.</summary>
    /// <exception cref="InvalidOperationException">The request is not valid.</exception>
    public DubOrder ToOrder(Guid requestId) => new()
    {
        RequestId = requestId,
        UserId = UserId.Value ?? throw NotValid(),
        ProjectId = ProjectId.Value ?? throw NotValid(),
        SourceVideoUrl = SourceVideoUrl.Value ?? throw NotValid(),
        FromLang = FromLang.IsMissing ? null : Language(FromLang).Language,
        ToLang = Language(ToLang).Language,
        ToRegion = Language(ToLang).Region,
        Voices = Voices.IsMissing ? null : Voices.Value ?? throw NotValid(),
    };

    private static LanguageTag Language(SentText sent) => LanguageTag.TryParse(sent.Value, out var tag) ? tag : throw NotValid();

    private static InvalidOperationException NotValid() => new("Only a valid request makes an order.");
}
