using System.Reflection;
using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Storage;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>An order in which nothing is as it is when nobody says it.</summary>
internal static class WholeOrder
{
    private static readonly PropertyInfo[] Properties =
        [.. typeof(DubOrder).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];

    /// <summary>Such an order; a property that it has by default fails the test, so that none is forgotten.</summary>
    public static DubOrder Make()
    {
        var id = Guid.NewGuid();
        var order = new DubOrder
        {
            RequestId = id,
            UserId = 51,
            ProjectId = "ryan",
            SourceVideoUrl = "https://a.example/My+Video%20.mp4",
            FromLang = "en",
            SourceAudio = "1",
            ToLang = "pt",
            ToRegion = "BR",
            Voices = new Dictionary<string, string> { ["S1"] = "pt", ["Ana María"] = "pt+f2" },
            VoiceConsent = new VoiceConsent("Ana María", new DateTimeOffset(2026, 11, 1, 12, 30, 0, TimeSpan.FromHours(2))),
            Transcript = new TextPlace.Stored("work/x/given/transcript.txt"),
            Translation = new TextPlace.Linked("https://a.example/b.srt"),
            Callback = new DubCallback("https://a.example/?b=c+d", "http://127.0.0.1:5080/"),
            Subtitles = SubtitleMode.Burned,
            Revision = 3,
            Batch = new DubBatch(Guid.NewGuid(), [Guid.NewGuid(), id]),
        };
        var plain = new DubOrder { RequestId = default, UserId = 0, ProjectId = "", SourceVideoUrl = "", ToLang = "" };
        Assert.That(
            Properties.Where(property => Equals(property.GetValue(order), property.GetValue(plain))).Select(property => property.Name),
            Is.Empty,
            "give the new property a value here, and a place in SqliteOrder and BsonRecords");
        return order;
    }

    /// <summary>Fails, naming them, when properties of an order are not as they were.</summary>
    /// <param name="found">As the store gives it back.</param>
    /// <param name="expected">As it was written.</param>
    /// <param name="store">The store, which the failure names.</param>
    public static void AssertIs(DubOrder found, DubOrder expected, object store) => Assert.That(
        Properties.Select(property => Told(property, found)),
        Is.EqualTo(Properties.Select(property => Told(property, expected))),
        $"{store.GetType().Name} does not keep all of an order");

    // By what it holds: two dictionaries are never equal by themselves.
    private static string Told(PropertyInfo property, DubOrder order) =>
        $"{property.Name}: {JsonSerializer.Serialize(property.GetValue(order), StoredJson.Options)}";
}
