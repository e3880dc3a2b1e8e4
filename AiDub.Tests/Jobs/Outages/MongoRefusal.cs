using System.Net;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;

namespace AiDub.Tests.Jobs.Outages;

/// <summary>What the driver throws where a MongoDB that is reached refuses a command.</summary>
internal static class MongoRefusal
{
    /// <summary>The server that refuses.</summary>
    public static ConnectionId Server { get; } = new(new ServerId(new ClusterId(1), new DnsEndPoint("db", 27017)));

    /// <summary>A refusal by its code, its name and the server's own words.</summary>
    public static MongoCommandException Of(int code, string name = "Refused", string words = "no") =>
        new(Server, words, [], new BsonDocument { { "code", code }, { "codeName", name } });
}
