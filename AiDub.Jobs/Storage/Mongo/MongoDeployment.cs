using AiDub.Domain.Errors;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>How AiDub speaks to its MongoDB.</summary>
public static class MongoDeployment
{
    private static readonly TimeSpan ServerWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(30);

    /// <summary>The driver's settings: what the connection string says, with majority writes and bounded waits.</summary>
    public static MongoClientSettings Settings(MongoOptions options)
    {
        var settings = MongoClientSettings.FromConnectionString(options.ConnectionString);
        settings.WriteConcern = settings.WriteConcern.With(w: new Optional<WriteConcern.WValue>(WriteConcern.WMode.Majority));
        settings.ApplicationName ??= "aidub";
        if (!options.ConnectionString.Contains("serverSelectionTimeout", StringComparison.OrdinalIgnoreCase))
            settings.ServerSelectionTimeout = ServerWait;
        if (!options.ConnectionString.Contains("socketTimeout", StringComparison.OrdinalIgnoreCase))
            settings.SocketTimeout = AnswerWait;
        return settings;
    }

    /// <summary>Whether the deployment tells of changes: a replica set or a sharded cluster does, a standalone does not.</summary>
    /// <exception cref="TransientDubException">No server answers in time.</exception>
    public static bool HasChangeStreams(IMongoDatabase database)
    {
        try
        {
            return HasChangeStreams(database.RunCommand<BsonDocument>(new BsonDocument("hello", 1)));
        }
        catch (Exception e) when (e is TimeoutException or MongoException)
        {
            // Not the driver's own message: it lists the whole topology, and may repeat the user's name.
            var servers = string.Join(", ", database.Client.Settings.Servers.Select(server => $"{server.Host}:{server.Port}"));
            var why = e is MongoAuthenticationException or MongoConnectionException { InnerException: MongoAuthenticationException }
                ? "refused the user" : "did not answer";
            throw new TransientDubException(
                $"ConnectionStrings:Mongo: the MongoDB at {servers} {why}.")
            { Outage = new Outage(Dependency.Records) };
        }
    }

    /// <summary>What an answer to <c>hello</c> says of it: a member of a replica set names the set, a router says what it is.</summary>
    internal static bool HasChangeStreams(BsonDocument hello) =>
        hello.Contains("setName") || hello.GetValue("msg", "") == "isdbgrid";
}
