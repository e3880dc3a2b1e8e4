using AiDub.Jobs.Fetching;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Who may use the API, and what its users may have fetched.</summary>
internal sealed class AccessCheck(
    IConfiguration configuration, IOptions<SourceOptions> source, IOptions<S3Options> s3, IOptions<ObjectOptions> objects) : IDoctorCheck
{
    private const string Sources = "sources";

    public string What => "access";

    public string Advice => "correct the sections Auth and Source";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Finding>>([Auth(), Policy()]);

    private Finding Auth()
    {
        var set = configuration.GetSection("Auth").AsEnumerable().Any(pair => !string.IsNullOrEmpty(pair.Value));
        return set
            ? Finding.Ok("auth", "configured in the section Auth; a bad value stops the API's start")
            : Finding.Warn(
                "auth", "none: whoever reaches the API acts for any user_id", "set Auth:*, or let only your own back end reach it");
    }

    private Finding Policy()
    {
        var rules = source.Value;
        var own = objects.Value.Provider == ObjectProvider.S3 && rules.AllowedBuckets.Contains(s3.Value.Bucket, StringComparer.Ordinal);
        if (own)
            return Finding.Warn(
                Sources,
                "Source:AllowedBuckets names the bucket of all dubs",
                "take Objects:S3:Bucket out of it: who knows a key can have anybody's objects dubbed");
        string[] more =
        [
            .. rules.AllowedPrivateHosts.Where(host => host.Length > 0).Select(host => $"private {host}"),
            .. rules.AllowedPorts.Select(port => FormattableString.Invariant($"port {port}")),
            .. rules.AllowedBuckets.Select(bucket => $"s3://{bucket}"),
        ];
        return Finding.Ok(
            Sources,
            $"public hosts on 80 and 443{string.Concat(more.Select(m => $", {m}"))}; at most {rules.MaxBytes >> 20} MiB and "
                + $"{rules.MaxDurationSeconds:0} s");
    }
}
