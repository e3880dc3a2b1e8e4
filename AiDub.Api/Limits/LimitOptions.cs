using System.ComponentModel.DataAnnotations;

namespace AiDub.Api.Limits;

/// <summary>
/// How much one user may ask for: configuration section <c>Limits</c>. The defaults hold where tokens say who asks. Without tokens only
/// what is set holds, and rates are counted by address, because a <c>user_id</c> that anyone can claim proves nothing. 0 turns a limit off.
/// </summary>
internal sealed class LimitOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Limits";

    /// <summary>Requests of the contract a minute, as many at once: 0 to 1,000,000. Default 1200.</summary>
    [Range(0, 1_000_000)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>Submissions and what else begins work, such as uploads, a minute, as many at once: 0 to 1,000,000. Default 60.</summary>
    [Range(0, 1_000_000)]
    public int? SubmitsPerMinute { get; set; }

    /// <summary>Dubs that run or wait at the same time, each language of a submission one: 0 to 1,000,000. Default 100.</summary>
    [Range(0, 1_000_000)]
    public int? ActiveDubs { get; set; }

    /// <summary>
    /// Bytes that may be stored for a user in uploads, work and results together, measured at most half a minute before: 0 to 1 EiB. Beyond
    /// it uploads are refused with 413 and submissions with 507 <c>quota_exceeded</c>. Default none.
    /// </summary>
    [Range(0, 1L << 60)]
    public long? StoredBytes { get; set; }
}
