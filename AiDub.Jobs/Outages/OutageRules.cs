using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using AiDub.Domain.Errors;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using MongoDB.Driver;

namespace AiDub.Jobs.Outages;

/// <summary>The one place that tells an outage, which is waited out, from a fault, which is counted.</summary>
/// <remarks>
/// An outage is what has nothing to do with the dub: a connection that is refused, reset or times out, a name that is not found, a server
/// that says that it is busy or not the primary, a lock that another program holds, a full disk. A server that answers no (401, 403, 404, a
/// bucket that is not there) is reached: that is a fault, which fails the dub after <c>Dubbing:MaxFaults</c> tries and keeps its work for a
/// retry, so that a wrong key is seen and not waited for. Only the records' server has to be waited for whatever it says: without it
/// nothing could be written down.
/// </remarks>
public static class OutageRules
{
    // What a transport's IOException carries; those of files carry the system's error number.
    private const int TransportError = unchecked((int)0x80131620);

    // EIO, ENXIO, ENODEV, EROFS, ENOTCONN, ETIMEDOUT, EHOSTDOWN and ESTALE: the disk, or the server that it is on, is away.
    private static readonly int[] DiskAway = [5, 6, 19, ReadOnly, 107, 110, 112, 116];

    private const int ReadOnly = 30;

    // SQLITE_CORRUPT and NOTADB.
    private static readonly int[] SqliteDamaged = [11, 26];

    // SQLITE_BUSY, LOCKED, READONLY, IOERR, CANTOPEN and PROTOCOL; and a damaged file, until a whole one is put in its place.
    private static readonly int[] SqliteAway = [5, 6, 8, 10, 14, 15, .. SqliteDamaged];

    // HostUnreachable, HostNotFound, NetworkTimeout, ShutdownInProgress, PrimarySteppedDown, ExceededTimeLimit, SocketException,
    // NotWritablePrimary and its kin.
    private static readonly int[] MongoAway = [6, 7, 64, 89, 91, 189, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436];

    // What a server that is reached may say to anybody, whatever is asked: Unauthorized, AuthenticationFailed,
    // UnknownReplWriteConcern, UnsatisfiableWriteConcern, ReauthenticationRequired, AtlasError (a quota is used up), OutOfDiskSpace,
    // and the rate limits of servers that speak MongoDB's protocol.
    private static readonly int[] MongoRefuses = [13, 18, 79, 100, 391, 8000, 14031, 16500];

    /// <summary>What a dub is told of a store of objects that is reached and refuses something.</summary>
    public const string ObjectsRefused = "The object store refused us; the operator finds the reason in the log.";

    /// <summary>The outage that an error, or what caused it, tells of; null when it is none.</summary>
    public static Outage? Of(Exception? error) => error switch
    {
        null => null,
        TransientDubException { Outage: { } outage } => outage,
        PermanentDubException or OperationCanceledException => null,
        _ when NoSpaceLeft.Is(error) => new Outage(Dependency.Storage),
        SqliteException e when SqliteAway.Contains(e.SqliteErrorCode) => new Outage(Dependency.Records),
        MongoException e when IsAway(e) => new Outage(Dependency.Records),
        DriveNotFoundException => new Outage(Dependency.Objects),
        // Attempts write to their own folders alone; a store tells its own by whose it is.
        _ when IsReadOnly(error) => new Outage(Dependency.Storage),
        IOException when IsDiskAway(error) => new Outage(Dependency.Objects),
        AggregateException { InnerExceptions: [var first, ..] } => Of(first),
        _ => Of(error.InnerException),
    };

    /// <summary>
    /// What a server of records that was reached, or a folder, said, by its code and name, for whoever runs it; empty when none said
    /// anything. Nothing in its own words: they may repeat names of users and servers.
    /// </summary>
    public static string Said(Exception? error) => error switch
    {
        null => "",
        MongoAuthenticationException => "MongoDB refused the user.",
        UnauthorizedAccessException => "The user that this process runs as may not write there.",
        DriveNotFoundException => error.Message,
        SqliteException e when SqliteDamaged.Contains(e.SqliteErrorCode) =>
            "The database aidub.db in Data:Directory is damaged: stop this process and put a copy of it back.",
        MongoCommandException e => $"MongoDB said {e.CodeName} ({e.Code}){WhereOf(e.Command)}.",
        MongoWriteException { WriteError.Code: var code } => $"MongoDB said {code} of a write.",
        MongoWriteException { WriteConcernError: { } said } => $"MongoDB said {said.CodeName} ({said.Code}).",
        _ => Said(error.InnerException),
    };

    // The names of a command and of its collection stand first in it; what else was asked does not belong in a log.
    private static string WhereOf(BsonDocument? command) => command?.FirstOrDefault() switch
    {
        { Value: BsonString of, Name: var what } => $" to {what} in the collection {of.Value}",
        // Asked whether it may be inserted there.
        { Value: BsonDocument { ElementCount: > 0 } asked, Name: "explain" } when asked[0] is BsonString of =>
            $" to insert in the collection {of.Value}",
        _ => "",
    };

    /// <summary>The outage that an error of one dependency's own calls tells of.</summary>
    public static Outage? Of(Exception error, Dependency of) =>
        IsReadOnly(error) ? new Outage(of)
            : Of(error) is { } known
            ? known.What == Dependency.Storage ? known
            : new Outage(of, known.Engine)
            : IsUnreachable(error) ? new Outage(of)
            : null;

    /// <summary>Whether an error says that the other end was not reached, or left.</summary>
    public static bool IsUnreachable(Exception? error) => error switch
    {
        null or AuthenticationException => false,
        SocketException or TimeoutException or IOException { HResult: TransportError } => true,
        HttpRequestException { InnerException: AuthenticationException } => false,
        HttpRequestException => true,
        _ => IsUnreachable(error.InnerException),
    };

    /// <summary>Whether a server says that it cannot do anything for anybody now.</summary>
    public static bool IsAway(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>Whether an error of a file says that its disk, or the server that it is on, is away or read-only.</summary>
    internal static bool IsDiskAway(Exception error) => error is IOException { HResult: var code } && DiskAway.Contains(code);

    /// <summary>Whether an error of a file says that its file system is read-only.</summary>
    internal static bool IsReadOnly(Exception error) => error is IOException { HResult: ReadOnly };

    private static bool IsAway(MongoException error) => error switch
    {
        MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException or MongoNotPrimaryException
            or MongoNodeIsRecoveringException
            or MongoExecutionTimeoutException => true,
        MongoCommandException e when IsAway(e.Code) => true,
        MongoWriteException { WriteError.Code: var code } when IsAway(code) => true,
        MongoWriteException { WriteConcernError.Code: var code } when IsAway(code) => true,
        MongoBulkWriteException e when e.WriteErrors.Any(said => IsAway(said.Code)) || IsAway(e.WriteConcernError?.Code ?? 0) => true,
        _ => error.HasErrorLabel("RetryableWriteError") || error.HasErrorLabel("TransientTransactionError"),
    };

    private static bool IsAway(int code) => MongoAway.Contains(code) || MongoRefuses.Contains(code);
}
