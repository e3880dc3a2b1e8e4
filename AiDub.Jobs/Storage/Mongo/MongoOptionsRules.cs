using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>
/// Refuses a connection string under which a write could be lost or an old document read. Never repeats the string: it holds a password.
/// </summary>
internal sealed class MongoOptionsRules : IValidateOptions<MongoOptions>
{
    private const string Name = "ConnectionStrings:Mongo";

    public ValidateOptionsResult Validate(string? name, MongoOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(MongoOptions options)
    {
        if (!IsDatabaseName(options.Database))
            yield return $"Storage:Database '{options.Database}' is not a database name.";
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return $"{Name} is required when Storage:Provider is Mongo.";
            yield break;
        }

        if (Parse(options.ConnectionString) is not { } url)
        {
            yield return $"{Name} is not a MongoDB connection string.";
            yield break;
        }

        if (url.W is { } w && w.ToString() != "majority")
            yield return $"{Name} must not set w={w}: AiDub's writes are acknowledged by the majority.";
        if (url.Journal == false)
            yield return $"{Name} must not set journal=false: an acknowledged write must survive a crash.";
        if (url.RetryWrites == false)
            yield return $"{Name} must not set retryWrites=false: a write must survive a failover.";
        if (url.ReadPreference is { ReadPreferenceMode: not ReadPreferenceMode.Primary } preference)
            yield return $"{Name} must not set readPreference={preference.ReadPreferenceMode}: AiDub reads from the primary.";
    }

    private static MongoUrl? Parse(string connectionString)
    {
        try
        {
            return MongoUrl.Create(connectionString);
        }
        catch (Exception e) when (e is MongoConfigurationException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    // https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions
    private static bool IsDatabaseName(string name) =>
        name.Length is > 0 and < 64 && name.AsSpan().IndexOfAny("/\\. \"$*<>:|?\0") < 0;
}
