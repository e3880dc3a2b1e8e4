using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Idempotency keys as rows of the embedded database.</summary>
public sealed class SqliteSubmissionClaims(SqliteDatabase database) : ISubmissionClaims
{
    /// <inheritdoc />
    public async Task<SubmissionClaim?> FindAsync(long userId, string key, DateTimeOffset now, CancellationToken ct) =>
        (await database.QueryAsync(
        "SELECT * FROM submission_claims WHERE user_id = @user_id AND claim_key = @key AND expires_at > @now",
        Read,
        ct,
        ("@user_id", userId),
        ("@key", key),
        ("@now", now))).SingleOrDefault();

    /// <inheritdoc />
    public async Task<SubmissionClaim> ClaimAsync(SubmissionClaim claim, DateTimeOffset now, CancellationToken ct)
    {
        await database.ExecuteAsync("DELETE FROM submission_claims WHERE expires_at <= @now", ct, ("@now", now));
        // An update that changes nothing, because only a row that was written is returned.
        return (await database.ChangeAsync(
            """
            INSERT INTO submission_claims (user_id, claim_key, body_hash, ids, accepted, expires_at)
            VALUES (@user_id, @key, @body_hash, @ids, @accepted, @expires_at)
            ON CONFLICT (user_id, claim_key) DO UPDATE SET accepted = accepted
            RETURNING *
            """,
            Read,
            ct,
            ("@user_id", claim.UserId),
            ("@key", claim.Key),
            ("@body_hash", claim.BodyHash),
            ("@ids", JsonSerializer.Serialize(claim.Ids, StoredJson.Options)),
            ("@accepted", claim.IsAccepted ? 1 : 0),
            ("@expires_at", claim.ExpiresAt))).Single();
    }

    /// <inheritdoc />
    public Task AcceptAsync(long userId, string key, CancellationToken ct) => database.ExecuteAsync(
        "UPDATE submission_claims SET accepted = 1 WHERE user_id = @user_id AND claim_key = @key", ct, ("@user_id", userId), ("@key", key));

    private static SubmissionClaim Read(SqliteDataReader row) => new()
    {
        UserId = row.GetInt64(row.GetOrdinal("user_id")),
        Key = row.GetString(row.GetOrdinal("claim_key")),
        BodyHash = row.GetString(row.GetOrdinal("body_hash")),
        Ids = JsonSerializer.Deserialize<SubmissionIds>(row.GetString(row.GetOrdinal("ids")), StoredJson.Options)!,
        IsAccepted = row.GetInt64(row.GetOrdinal("accepted")) == 1,
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(row.GetOrdinal("expires_at"))),
    };
}
