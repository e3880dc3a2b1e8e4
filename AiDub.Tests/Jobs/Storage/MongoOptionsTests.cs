using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Storage;

public sealed class MongoOptionsTests
{
    private const string Host = "mongodb://aidub:s3cret@db.internal/";

    [TestCase("w=0", "w=0")]
    [TestCase("w=1", "w=1")]
    [TestCase("journal=false", "journal=false")]
    [TestCase("retryWrites=false", "retryWrites=false")]
    [TestCase("readPreference=secondary", "readPreference=Secondary")]
    [TestCase("readPreference=primaryPreferred", "readPreference=PrimaryPreferred")]
    public void A_connection_string_that_weakens_the_records_is_refused_by_name(string option, string named)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Options($"{Host}?{option}"))!;

        Assert.That(error.Failures, Has.Exactly(1).Items);
        Assert.That(error.Message, Does.StartWith("ConnectionStrings:Mongo must not set " + named));
        Assert.That(error.ToString(), Does.Not.Contain("s3cret").And.Not.Contain("db.internal"));
    }

    [TestCase("", "ConnectionStrings:Mongo is required when Storage:Provider is Mongo.")]
    [TestCase("mongo:s3cret@db.internal", "ConnectionStrings:Mongo is not a MongoDB connection string.")]
    [TestCase("mongodb://aidub:s3cret@db.internal:port/", "ConnectionStrings:Mongo is not a MongoDB connection string.")]
    [TestCase("mongodb://aidub:s3cret@db.internal/?w=0&w=maj&retryWrites=perhaps", "ConnectionStrings:Mongo is not a MongoDB "
        + "connection string.")]
    public void What_is_no_connection_string_is_refused_in_one_line(string connectionString, string line)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Options(connectionString))!;

        Assert.That(error.Message, Is.EqualTo(line));
        Assert.That(error.ToString(), Does.Not.Contain("s3cret"));
    }

    [Test]
    public void What_is_no_database_name_is_refused() => Assert.That(
        () => Options(Host, ("Storage:Database", "ai/dub")),
        Throws.TypeOf<OptionsValidationException>().With.Message.EqualTo("Storage:Database 'ai/dub' is not a database name."));

    [Test]
    public void Writes_go_to_the_majority_and_waits_are_bounded_unless_the_connection_string_bounds_them()
    {
        var settings = MongoDeployment.Settings(Options(Host));
        var own = MongoDeployment.Settings(
            Options(Host + "?w=majority&wtimeoutMS=4000&serverSelectionTimeoutMS=7000&socketTimeoutMS=8000"));

        Assert.That(settings.WriteConcern.W, Is.EqualTo(WriteConcern.WMajority.W));
        Assert.That((settings.ServerSelectionTimeout.TotalSeconds, settings.SocketTimeout.TotalSeconds), Is.EqualTo((10, 30)));
        Assert.That((own.ServerSelectionTimeout.TotalSeconds, own.SocketTimeout.TotalSeconds), Is.EqualTo((7, 8)));
        Assert.That(own.WriteConcern.WTimeout, Is.EqualTo(TimeSpan.FromSeconds(4)));
    }

    [TestCase(null, typeof(SqliteProgressStore))]
    [TestCase("Embedded", typeof(SqliteProgressStore))]
    [TestCase("mongo", typeof(MongoProgressStore))]
    public void The_provider_chooses_the_stores(string? provider, Type store)
    {
        var services = new ServiceCollection().AddStorage(Configuration(("Storage:Provider", provider)));

        Assert.That(
            services.Select(s => s.ServiceType).Where(s => s.IsClass && s.IsAssignableTo(typeof(IProgressStore))),
            Is.EqualTo(new[] { store }));
    }

    [TestCase("Redis")]
    [TestCase("1")]
    public void A_provider_that_there_is_not_stops_the_start_in_one_line(string provider) => Assert.That(
        () => new ServiceCollection().AddStorage(Configuration(("Storage:Provider", provider))),
        Throws.TypeOf<OptionsValidationException>().With.Message.EqualTo($"Storage:Provider must be Embedded or Mongo, not '{provider}'."));

    [Test]
    public void A_server_that_does_not_answer_is_named_without_its_user()
    {
        var options = Options("mongodb://aidub:s3cret@127.0.0.1:1/?serverSelectionTimeoutMS=200");
        using var client = new MongoClient(MongoDeployment.Settings(options));

        var error = Assert.Throws<TransientDubException>(() => MongoDeployment.HasChangeStreams(client.GetDatabase("aidub")))!;

        Assert.That(error.Message, Is.EqualTo("ConnectionStrings:Mongo: the MongoDB at 127.0.0.1:1 did not answer."));
        Assert.That(error.ToString(), Does.Not.Contain("s3cret"));
    }

    [TestCase("{ 'isWritablePrimary': true }", false)]
    [TestCase("{ 'isWritablePrimary': true, 'setName': 'rs0' }", true)]
    [TestCase("{ 'isWritablePrimary': true, 'msg': 'isdbgrid' }", true)]
    public void A_replica_set_and_a_sharded_cluster_tell_of_changes_and_a_standalone_does_not(string hello, bool tells) =>
        Assert.That(MongoDeployment.HasChangeStreams(BsonDocument.Parse(hello)), Is.EqualTo(tells));

    private static MongoOptions Options(string connectionString, params (string, string?)[] more)
    {
        var configuration = Configuration([("Storage:Provider", "Mongo"), ("ConnectionStrings:Mongo", connectionString), .. more]);
        using var provider = new ServiceCollection().AddSingleton(configuration).AddStorage(configuration).BuildServiceProvider();
        return provider.GetRequiredService<IOptions<MongoOptions>>().Value;
    }

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();
}
