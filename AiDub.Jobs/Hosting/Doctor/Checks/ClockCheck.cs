using AiDub.Jobs.Leases;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether this machine's clock can be right: leases and signed addresses go by it.</summary>
internal sealed class ClockCheck(
    IServiceProvider services, IConfiguration configuration, IOptions<LeaseOptions> options, TimeProvider clock) : IDoctorCheck
{
    // No build of this program is older.
    private static readonly DateTimeOffset Earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string What => "clock";

    public string Advice => "let this machine and the MongoDB server keep time by NTP";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now < Earliest)
            return [Finding.Fail(What, $"says {now:u}", "set it, and keep time by NTP")];
        if (configuration.Provider() != StorageProvider.Mongo)
            return [Finding.Ok(What, $"says {now:u}")];
        if (await TheirsAsync(ct) is not { } theirs)
            return [Finding.Ok(What, $"says {now:u}; the MongoDB server does not tell its own")];
        var apart = Math.Abs((clock.GetUtcNow() - theirs).TotalSeconds);
        return
        [
            apart > options.Value.LeaseSeconds / 3.0
                ? Finding.Fail(What, $"{apart:0} s apart from the MongoDB server's, near a lease of {options.Value.LeaseSeconds} s", Advice)
                : Finding.Ok(What, FormattableString.Invariant($"says {now:u}, {apart:0.0} s apart from the MongoDB server's")),
        ];
    }

    private async Task<DateTime?> TheirsAsync(CancellationToken ct)
    {
        try
        {
            var database = services.GetRequiredService<IMongoDatabase>();
            var hello = await database.RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1), cancellationToken: ct);
            return hello.TryGetValue("localTime", out var theirs) && theirs.IsValidDateTime ? theirs.ToUniversalTime() : null;
        }
        catch (Exception e) when (e is TimeoutException or MongoException)
        {
            return null; // the check of the records says so
        }
    }
}
