namespace AiDub.Jobs.Storage.Mongo;

/// <summary>Which MongoDB keeps the records and the queue.</summary>
public sealed class MongoOptions
{
    /// <summary>
    /// <c>ConnectionStrings:Mongo</c>. Required. It must not weaken what the records rely on: writes by the majority, journaled and
    /// retried, reads from the primary. Servers are waited for 10 s and answers 30 s unless it says otherwise.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary><c>Storage:Database</c>. Default <c>aidub</c>.</summary>
    public string Database { get; set; } = "aidub";
}
