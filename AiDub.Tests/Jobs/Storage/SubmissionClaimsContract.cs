using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What every store of idempotency keys must do.</summary>
public abstract class SubmissionClaimsContract
{
    // Far ahead, so that a store that expires documents by its own clock leaves them to the tests.
    private static readonly DateTimeOffset Now = new(2076, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    protected abstract ISubmissionClaims Claims { get; }

    [Test]
    public async Task A_claim_is_found_as_it_was_made()
    {
        var one = Claim(Key(), 1);
        var three = Claim(Key(), 3);

        AssertSame(await Claims.ClaimAsync(one, Now, default), one);
        AssertSame(await Claims.ClaimAsync(three, Now, default), three);

        AssertSame((await Claims.FindAsync(51, one.Key, Now, default))!, one);
        AssertSame((await Claims.FindAsync(51, three.Key, Now, default))!, three);
        Assert.That(await Claims.FindAsync(51, Key(), Now, default), Is.Null);
    }

    [Test]
    public async Task A_key_that_is_claimed_stays_with_its_first_claim()
    {
        var first = Claim(Key(), 2);
        await Claims.ClaimAsync(first, Now, default);

        AssertSame(
            await Claims.ClaimAsync(Claim(first.Key, 1) with { BodyHash = "other" }, Now.AddHours(24).AddMilliseconds(-1), default), first);
    }

    [Test]
    public async Task Users_and_letter_cases_have_keys_of_their_own()
    {
        var first = Claim($"{Key()}a", 1);
        await Claims.ClaimAsync(first, Now, default);

        var other = first with { UserId = long.MaxValue, Ids = SubmissionIds.New(1) };
        var upper = Claim(first.Key.ToUpperInvariant(), 1);
        AssertSame(await Claims.ClaimAsync(other, Now, default), other);
        AssertSame(await Claims.ClaimAsync(upper, Now, default), upper);
    }

    [Test]
    public async Task A_claim_ends_with_its_time_and_the_key_is_free_again()
    {
        var first = Claim(Key(), 1);
        await Claims.ClaimAsync(first, Now, default);

        Assert.That(await Claims.FindAsync(51, first.Key, first.ExpiresAt.AddMilliseconds(-1), default), Is.Not.Null);
        Assert.That(await Claims.FindAsync(51, first.Key, first.ExpiresAt, default), Is.Null);
        var second = Claim(first.Key, 1) with { ExpiresAt = first.ExpiresAt.AddHours(24) };
        AssertSame(await Claims.ClaimAsync(second, first.ExpiresAt, default), second);
    }

    [Test]
    public async Task Accepting_is_kept()
    {
        var claim = Claim(Key(), 1);
        await Claims.ClaimAsync(claim, Now, default);

        await Claims.AcceptAsync(51, claim.Key, default);

        Assert.That((await Claims.FindAsync(51, claim.Key, Now, default))!.IsAccepted, Is.True);
        Assert.That((await Claims.ClaimAsync(Claim(claim.Key, 1), Now, default)).IsAccepted, Is.True);
    }

    [Test]
    public async Task Of_20_claims_at_once_all_get_the_same()
    {
        var key = Key();

        var held = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Claims.ClaimAsync(Claim(key, 1), Now, default))));

        Assert.That(held.Select(c => c.Ids.Requests[0]).Distinct().Count(), Is.EqualTo(1));
    }

    private static string Key() => $"!~{Guid.NewGuid()}$.";

    private static SubmissionClaim Claim(string key, int dubs) => new()
    {
        UserId = 51,
        Key = key,
        BodyHash = "hash",
        Ids = SubmissionIds.New(dubs),
        ExpiresAt = Now.AddHours(24),
    };

    private static void AssertSame(SubmissionClaim actual, SubmissionClaim expected)
    {
        Assert.That(actual with { Ids = expected.Ids }, Is.EqualTo(expected));
        Assert.That(actual.Ids.Requests, Is.EqualTo(expected.Ids.Requests));
        Assert.That(actual.Ids.Batch, Is.EqualTo(expected.Ids.Batch));
    }
}

[TestFixture]
public sealed class SqliteSubmissionClaimsTests : SubmissionClaimsContract
{
    private TestData _data = null!;
    private SqliteSubmissionClaims _claims = null!;

    protected override ISubmissionClaims Claims => _claims;

    [SetUp]
    public void Open()
    {
        _data = new TestData();
        _claims = new SqliteSubmissionClaims(new SqliteDatabase(_data.Directory));
    }

    [TearDown]
    public void Close()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }
}

[TestFixture]
public sealed class MongoSubmissionClaimsTests : SubmissionClaimsContract
{
    private MongoTestDatabase _database = null!;
    private MongoSubmissionClaims _claims = null!;

    protected override ISubmissionClaims Claims => _claims;

    [OneTimeSetUp]
    public async Task Open()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        await _database.Records.EnsureIndexesAsync(default);
        _claims = new MongoSubmissionClaims(_database.Records);
    }

    [OneTimeTearDown]
    public async Task Close() => await _database.DisposeAsync();
}
