using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Storage.Mongo;

/// <summary>The collection <c>keys</c>: what the API protects its forms with, so that what one process handed out another takes.</summary>
/// <remarks>The interface of ASP.NET Core is synchronous and is asked at start and once a day.</remarks>
public sealed class MongoKeyRing(IMongoDatabase database) : IXmlRepository
{
    // A start does not wait for a store that is away; the keys are asked for again when they are needed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly IMongoCollection<BsonDocument> _keys = database.GetCollection<BsonDocument>("keys");

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var limit = new CancellationTokenSource(Patience);
        return [.. _keys.Find(new BsonDocument()).ToList(limit.Token).Select(key => XElement.Parse(key["xml"].AsString))];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        using var limit = new CancellationTokenSource(Patience);
        var xml = element.ToString(SaveOptions.DisableFormatting);
        _keys.ReplaceOne(
            new BsonDocument("_id", friendlyName), new BsonDocument { { "_id", friendlyName }, { "xml", xml } },
            new ReplaceOptions { IsUpsert = true }, limit.Token);
    }
}
