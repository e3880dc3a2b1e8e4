using System.Security.Cryptography;
using System.Text.Json;
using AiDub.Api.Errors;
using AiDub.Api.Limits;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Intake;

namespace AiDub.Api.Submitting;

/// <summary>Takes submissions in; one with an idempotency key only once.</summary>
internal sealed class Submitter(
    DubSubmissions submissions, KeyedSubmissions keyed, ActiveDubs active, UserLimits limits, StorageLimits storage)
{
    /// <summary>Accepts a valid request for a user, or answers what an earlier one with the same key was answered.</summary>
    /// <param name="request">The request, found valid.</param>
    /// <param name="userId">Who asks.</param>
    /// <param name="publicBase">Where the request reached the service: where the addresses that a callback is told begin.</param>
    /// <param name="key">The idempotency key; null for none.</param>
    /// <param name="ct">Ends the wait when the client goes away.</param>
    public async Task<SubmitOutcome> SubmitAsync(SubmitRequest request, long userId, Uri publicBase, string? key, CancellationToken ct)
    {
        var ids = SubmissionIds.New(request.ToLang.Sent.Count);
        var held = key is null ? null : await keyed.FindAsync(userId, key, ct);
        // What was accepted before counts against no limit again. This spares the work; what others submit meanwhile is counted when it is
        // written.
        if (held is null && await active.RefusalAsync(userId, ct, ids.Requests.Count) is { } tooMany)
            return new SubmitOutcome.Refused(tooMany);
        if (held is null && await storage.OfSubmitAsync(userId, ct) is { } full)
            return new SubmitOutcome.Refused(full);
        if (key is null)
        {
            var orders = request.ToOrders(ids, userId, publicBase);
            return await submissions.AcceptAsync(orders, request.Texts(orders[0]), limits.ActiveDubs, ct)
                ? Accepted(request, orders)
                : TooMany();
        }
        var hash = Hash(request, userId);
        return await ResumeAsync(request, publicBase, hash, held ?? await keyed.ClaimAsync(userId, key, hash, ids, ct), ct);
    }

    private async Task<SubmitOutcome> ResumeAsync(
        SubmitRequest request, Uri publicBase, string hash, SubmissionClaim claim, CancellationToken ct)
    {
        if (claim.BodyHash != hash)
            return new SubmitOutcome.KeyReused();
        var orders = request.ToOrders(claim.Ids, claim.UserId, publicBase);
        return await keyed.CompleteAsync(claim, orders, request.Texts(orders[0]), limits.ActiveDubs, ct)
            ? Accepted(request, orders)
            : TooMany();
    }

    private SubmitOutcome.Refused TooMany() => new(DubErrors.TooMany(limits.ActiveDubs!.Value));

    private static SubmitOutcome.Accepted Accepted(SubmitRequest request, IReadOnlyList<DubOrder> orders) =>
        new(request.ToLang.IsList ? SubmitResponse.Accepted(orders) : SubmitResponse.Accepted(orders[0].RequestId));

    // Of what was understood, not of the bytes: the order of fields, white space and how the user's number is written make no other
    // request.
    private static string Hash(SubmitRequest request, long userId) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request with { UserId = userId }, WireJson.Options)));
}
