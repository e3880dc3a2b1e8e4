using System.Globalization;

namespace AiDub.Domain.Dubbing;

/// <summary>The keys of a dub's objects. Nothing a user wrote goes into a key, other than validated ids.</summary>
public static class ObjectKeys
{
    /// <summary>What the keys of <see cref="Partials"/>, and no others, contain.</summary>
    public const string PartialFolder = "/partial/";

    /// <summary>What dubs need while they are made: <c>work/</c>.</summary>
    public const string AllWork = "work/";

    /// <summary>The dub, or the batch, that a key below <see cref="AllWork"/> belongs to; null for any other key.</summary>
    public static Guid? WorkOwner(string key) =>
        key.StartsWith(AllWork, StringComparison.Ordinal) && Guid.TryParse(key[AllWork.Length..].Split('/')[0], out var owner)
            ? owner
            : null;

    /// <summary>Everything a dub needs while it is made: <c>work/{request_id}/</c>.</summary>
    public static string Work(Guid requestId) => $"{AllWork}{requestId:D}/";

    /// <summary>
    /// What one revision of a dub is made of, other than what it shares with the first: <c>work/{request_id}/r{revision}/</c>; of the first
    /// all of it.
    /// </summary>
    public static string Work(Guid requestId, int revision) =>
        revision == 0 ? Work(requestId) : Work(requestId) + string.Create(CultureInfo.InvariantCulture, $"r{revision}/");

    /// <summary>What a revision changes of the one that it is made from.</summary>
    public static string Edits(Guid requestId, int revision) => Work(requestId, revision) + "edits.json";

    /// <summary>The fetched source, whatever its container.</summary>
    public static string Source(Guid requestId) => Work(requestId) + "source";

    /// <summary>What the source was found to be.</summary>
    public static string Media(Guid requestId) => Work(requestId) + "media.json";

    /// <summary>The transcript as the user sent it.</summary>
    public static string GivenTranscript(Guid requestId) => Work(requestId) + "given/transcript.txt";

    /// <summary>The translation as the user sent it.</summary>
    public static string GivenTranslation(Guid requestId) => Work(requestId) + "given/translation.txt";

    /// <summary>The texts that the user gave, as they were read.</summary>
    public static string GivenTexts(Guid requestId) => Work(requestId) + "given.json";

    /// <summary>The transcript.</summary>
    public static string Transcript(Guid requestId, int revision = 0) => Work(requestId, revision) + "transcript.json";

    /// <summary>Who speaks which segment.</summary>
    public static string Speakers(Guid requestId) => Work(requestId) + "speakers.json";

    /// <summary>What sounds in the source beside its voices, at half its level; there only where an engine told them apart.</summary>
    public static string Background(Guid requestId) => Work(requestId) + "background.flac";

    /// <summary>The translation.</summary>
    public static string Translation(Guid requestId, int revision = 0) => Work(requestId, revision) + "translation.json";

    /// <summary>Where a speaker is heard alone, for a voice to be made of.</summary>
    public static string VoiceSample(Guid requestId, string speaker, int revision = 0) =>
        Work(requestId, revision) + $"voices/{speaker}.wav";

    /// <summary>The speech of one segment; <paramref name="index"/> counts from 0, the file from 0001.</summary>
    public static string Speech(Guid requestId, int index, int revision = 0) =>
        Work(requestId, revision) + string.Create(CultureInfo.InvariantCulture, $"speech/{index + 1:0000}.wav");

    /// <summary>The speech of one segment in fewer words; <paramref name="index"/> counts from 0.</summary>
    public static string ShorterSpeech(Guid requestId, int index, int revision = 0) =>
        Work(requestId, revision) + string.Create(CultureInfo.InvariantCulture, $"shorter/{index + 1:0000}.wav");

    /// <summary>The speech of one segment, spoken again at the rate that fits; <paramref name="index"/> counts from 0.</summary>
    public static string FittedSpeech(Guid requestId, int index, int revision = 0) =>
        Work(requestId, revision) + string.Create(CultureInfo.InvariantCulture, $"fitted/{index + 1:0000}.wav");

    /// <summary>The list of spoken segments: there once every one of them is.</summary>
    public static string SpeechList(Guid requestId, int revision = 0) => Work(requestId, revision) + "speech.json";

    /// <summary>Where every segment was placed, with its metrics.</summary>
    public static string Timeline(Guid requestId, int revision = 0) => Work(requestId, revision) + "timeline.json";

    /// <summary>What was rendered: there once every result is stored.</summary>
    public static string Rendered(Guid requestId, int revision = 0) => Work(requestId, revision) + "rendered.json";

    /// <summary>That a step was done, as versions wrote it that did not keep it in the progress document.</summary>
    public static string Step(Guid requestId, string name, int revision = 0) => Work(requestId, revision) + $"steps/{name}.json";

    /// <summary>Whether only making a dub needs an artifact: all but its small records.</summary>
    public static bool IsTemporary(string key) =>
        !key.EndsWith(".json", StringComparison.Ordinal) || key.Contains(PartialFolder, StringComparison.Ordinal);

    /// <summary>What users uploaded to be dubbed: <c>uploads/</c>.</summary>
    public const string Uploads = "uploads/";

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>
    /// What a user uploaded on a day: <c>uploads/{yyyy-MM-dd}/{user_id}/{id}</c>, the day that of UTC; of somebody who did not say who they
    /// are, without the user.
    /// </summary>
    public static string Upload(DateTimeOffset at, long? userId, Guid id) =>
        (userId is { } user ? UploadsOf(at, user) : UploadsAt(at)) + $"{id:D}";

    /// <summary>All that a user uploaded on a day.</summary>
    public static string UploadsOf(DateTimeOffset at, long userId) =>
        UploadsAt(at) + string.Create(CultureInfo.InvariantCulture, $"{userId}/");

    private static string UploadsAt(DateTimeOffset at) => Uploads + at.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture) + "/";

    /// <summary>When the day of an upload ended; null for any other key.</summary>
    public static DateTimeOffset? UploadDayEnd(string key) =>
        key.StartsWith(Uploads, StringComparison.Ordinal)
        && DateTime.TryParseExact(
            key[Uploads.Length..].Split('/')[0], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeSpan.Zero).AddDays(1)
            : null;

    /// <summary>
    /// Whether a key is one that <see cref="Upload"/> makes. Its id is random, so only who was told of an upload can name it: the key by
    /// itself says that it may be used.
    /// </summary>
    public static bool IsUpload(string key) =>
        UploadDayEnd(key) is not null
        && key.Split('/') is [_, _, .. var user, var id]
        && user is [] or [_]
        && user.All(part => long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        && Guid.TryParseExact(id, "D", out _);

    /// <summary>What engines finished of a step that is not done: removed with the dub's other files.</summary>
    public static string Partials(Guid requestId) => Work(requestId).TrimEnd('/') + PartialFolder;

    /// <summary>
    /// That one segment was spoken, and where its speech lies, for a later attempt to go on from; <paramref name="index"/> counts from 0.
    /// </summary>
    public static string SpokenPart(Guid requestId, int index, int revision = 0) =>
        Partials(requestId) + string.Create(CultureInfo.InvariantCulture, $"speech-{revision}-{index + 1:0000}.json");

    /// <summary>What each attempt spent on engines.</summary>
    public static string Usages(Guid requestId) => Work(requestId) + "usage/";

    /// <summary>What one attempt spent on engines.</summary>
    public static string Usage(Guid requestId, int attempt) =>
        Usages(requestId) + string.Create(CultureInfo.InvariantCulture, $"{attempt}.json");

    /// <summary>Everything of a dub that is published: <c>results/{user_id}/{request_id}/</c>.</summary>
    public static string Results(long userId, Guid requestId) => ResultsOf(userId) + $"{requestId:D}/";

    /// <summary>Everything that is published of a user's dubs: <c>results/{user_id}/</c>.</summary>
    public static string ResultsOf(long userId) => string.Create(CultureInfo.InvariantCulture, $"results/{userId}/");

    /// <summary>What is published of one revision of a dub: of the first, what lies beside the others' folders.</summary>
    public static string Results(DubOrder order) => order.Revision == 0
        ? Results(order.UserId, order.RequestId)
        : Results(order.UserId, order.RequestId) + string.Create(CultureInfo.InvariantCulture, $"r{order.Revision}/");

    /// <summary>The dubbed video.</summary>
    /// <param name="order">The dub.</param>
    /// <param name="extension">Of its container, with the dot.</param>
    public static string Dubbed(DubOrder order, string extension) => Results(order) + "dubbed" + extension;

    /// <summary>Subtitles of the translation; <paramref name="extension"/> with the dot.</summary>
    public static string Subtitles(DubOrder order, string extension) =>
        Results(order) + $"subtitles.{order.ToLang}{extension}";
}
