using AiDub.Tests.StandIns;

namespace AiDub.Tests.Faults;

/// <summary>Records of its own for each test of a fleet.</summary>
public abstract class FleetFixture
{
    internal static readonly Uri Video = new("https://example.com/v.mp4");

    private protected MongoTestDatabase Database { get; private set; } = null!;

    [SetUp]
    public async Task Open() => Database = (await MongoServer.SharedAsync()).NewDatabase();

    [TearDown]
    public async Task Close() => await Database.DisposeAsync();
}
