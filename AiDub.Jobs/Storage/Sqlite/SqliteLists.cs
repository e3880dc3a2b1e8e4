using System.Text.Json;
using AiDub.Domain.Dubbing;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>The statements that read several dubs; the order of a part of a user's is that of the tables' indexes.</summary>
internal static class SqliteLists
{
    /// <summary>The statement that reads dubs by their ids, and its parameters.</summary>
    public static (string Sql, (string Name, object? Value)[] Parameters) Of(string table, IReadOnlyCollection<Guid> requestIds) => (
        $"SELECT * FROM {table} WHERE request_id IN (SELECT value FROM json_each(@ids))",
        [("@ids", JsonSerializer.Serialize(requestIds))]);

    /// <summary>The statement and its parameters; <paramref name="also"/> is added to its conditions.</summary>
    public static (string Sql, (string Name, object? Value)[] Parameters) Newest(string table, DubQuery query, string also = "")
    {
        var project = query.ProjectId is null ? "" : " AND project_id = @project_id";
        var after = query.After is null ? "" : " AND (created_at, request_id) < (@created_at, @request_id)";
        return (
            $"SELECT * FROM {table} WHERE user_id = @user_id{project}{after}{also} ORDER BY created_at DESC, request_id DESC LIMIT @limit",
            [
                ("@user_id", query.UserId),
                ("@project_id", query.ProjectId),
                ("@created_at", query.After?.CreatedAt),
                ("@request_id", query.After?.RequestId),
                ("@limit", query.Limit),
            ]);
    }
}
