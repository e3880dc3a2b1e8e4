using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Tests.StandIns;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>Turns to submit whose commands are made and not answered.</summary>
public sealed class MongoUserTurnsTests
{
    private const long User = 51;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private MongoTestDatabase _database = null!;

    [SetUp]
    public async Task Open() => _database = (await MongoServer.SharedAsync()).NewDatabase();

    [TearDown]
    public async Task Close() => await _database.DisposeAsync();

    [Test]
    public async Task A_turn_that_was_given_up_while_it_was_taken_holds_up_no_other_submission()
    {
        var turns = Turns("UpdateOneAsync");

        Assert.ThrowsAsync<MongoClientException>(() => turns.InTurnAsync(User, Now, () => Task.FromResult(true), default));

        Assert.That(await _database.Records.Turns.CountDocumentsAsync(new BsonDocument()), Is.Zero);
    }

    [Test]
    public async Task What_was_done_in_a_turn_stands_when_that_cannot_be_given_back()
    {
        Assert.That(await Turns("DeleteOneAsync").InTurnAsync(User, Now, () => Task.FromResult("done"), default), Is.EqualTo("done"));
    }

    private MongoUserTurns Turns(string unanswered) =>
        new(Port<IMongoCollection<BsonDocument>>.Around(_database.Records.Turns, new UnansweredCalls(unanswered)));

    private sealed class UnansweredCalls(string unanswered) : PortCalls
    {
        public override async Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
        {
            var answer = await call(ct);
            return method == unanswered ? throw new MongoClientException("Nobody answered.") : answer;
        }
    }
}
