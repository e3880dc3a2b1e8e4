using AiDub.Api.Auth;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Limits;

/// <summary>The limits that hold here; null for none.</summary>
internal sealed class UserLimits(IOptions<LimitOptions> options, IOptions<JwtOptions> jwt)
{
    /// <summary>Requests a minute.</summary>
    public int? RequestsPerMinute => Holding(options.Value.RequestsPerMinute, 1200);

    /// <summary>Submissions and uploads a minute.</summary>
    public int? SubmitsPerMinute => Holding(options.Value.SubmitsPerMinute, 60);

    /// <summary>Dubs at the same time.</summary>
    public int? ActiveDubs => Holding(options.Value.ActiveDubs, 100);

    /// <summary>Bytes stored for a user.</summary>
    public long? StoredBytes => options.Value.StoredBytes is > 0 and var limit ? limit : null;

    private int? Holding(int? set, int byDefault) => (set ?? (jwt.Value.IsConfigured ? byDefault : 0)) is > 0 and var limit ? limit : null;
}
