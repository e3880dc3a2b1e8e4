using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace AiDub.Jobs.Hosting;

/// <summary>Says in one line why a program does not start: what is wrong, and what to do about it.</summary>
public static partial class StartRefusal
{
    // Result codes of SQLite (https://www.sqlite.org/rescode.html).
    private const int SqliteReadOnly = 8;
    private const int SqliteCorrupt = 11;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;
    private const int MongoUnauthorized = 13;

    private const int Exists = 17; // EEXIST
    private const int ReadOnlyFileSystem = 30; // EROFS

    /// <summary>The line for an error that ended a start; every error has one.</summary>
    public static string Explain(Exception error) => OneLine(error switch
    {
        OptionsValidationException options => string.Join("; ", options.Failures),
        TransientDubException { InnerException: SqliteException } => Explain(error.InnerException),
        StartRefusedException or DubException => error.Message,
        AggregateException { InnerExceptions: { Count: > 0 } all } => string.Join("; ", all.Select(Explain).Distinct()),
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message.TrimEnd('.')}: stop the program that listens there, or choose another port by --urls.",
        InvalidDataException { InnerException: FormatException inner } => $"{error.Message} {Reason(inner)} Correct the file.",
        SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase } =>
            "the database aidub.db in Data:Directory is damaged or no database of SQLite: put a copy of it back, or "
                + "move it away to begin anew.",
        SqliteException { SqliteErrorCode: SqliteCannotOpen } =>
            "the database aidub.db in Data:Directory cannot be opened: it must be a file that this user may read and write.",
        SqliteException { SqliteErrorCode: SqliteReadOnly } =>
            "the database aidub.db in Data:Directory is read-only: let this user write it, or choose another Data:Directory.",
        MongoCommandException { Code: MongoUnauthorized } or MongoWriteException { WriteError.Code: MongoUnauthorized } =>
            $"ConnectionStrings:Mongo: {OutageRules.Said(error)} Let its user read and write the whole database (the role readWrite).",
        SocketException socket =>
            $"the address of Urls cannot be listened on ({socket.SocketErrorCode}): choose another "
                + "by --urls, such as http://127.0.0.1:5080.",
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" }
            when !error.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            $"an address of Urls cannot be listened on ({error.Message.TrimEnd('.')}): it is a scheme, a host and a port, such as "
                + "http://127.0.0.1:5080.",
        ArgumentOutOfRangeException { ParamName: "port" } =>
            "an address of Urls names a port above 65535: choose another by --urls, such as http://127.0.0.1:5080.",
        InvalidOperationException { InnerException: HttpListenerException } =>
            "Telemetry:PrometheusHost and Telemetry:PrometheusPort cannot be listened on: stop the program that "
                + "listens there, or choose another port.",
        InvalidOperationException { Source: "Microsoft.Extensions.Logging.Configuration" } =>
            $"a level of Logging:LogLevel cannot be read ({error.Message.TrimEnd('.')}): it must be one of "
                + $"{string.Join(", ", Enum.GetNames<LogLevel>())}.",
        IOException { HResult: ReadOnlyFileSystem } or UnauthorizedAccessException =>
            $"{error.Message.TrimEnd('.')}: let this user read and write it; another folder for data is named by Data:Directory.",
        IOException { HResult: Exists } =>
            $"{error.Message.TrimEnd('.')}, and a folder of the service's has to be there: move it away, or choose another Data:Directory.",
        FormatException or UriFormatException => $"an address of Urls cannot be read: {error.Message}",
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => Unread(error.Message),
        _ => $"{error.GetType().Name}: {error.Message}",
    });

    // What is read before all settings are looked through is told in the same words. The binder names the setting, its value and its kind.
    private static string Unread(string message) =>
        NotConverted().Match(message) is { Success: true } match
        && match.Groups["type"].Value is var name
        && (Type.GetType(name) ?? typeof(StartRefusal).Assembly.GetType(name)) is { } type
            ? SettingsReview.Fault(match.Groups["setting"].Value, type, match.Groups["value"].Value) + "."
            : message;

    private static string Reason(Exception error) => error.InnerException is { } inner ? inner.Message : error.Message;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    [GeneratedRegex(
        @"^Failed to convert configuration value '(?<value>.*)' at '(?<setting>[^']+)' to type '(?<type>[^']+)'\.$",
        RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex NotConverted();
}
