using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Outages;
using Hangfire.Common;
using Hangfire.Dashboard;

namespace AiDub.Api.Dashboards;

/// <summary>What the dashboard calls a job: the dub, whose it is, its languages, and where it stands now.</summary>
/// <param name="services">Where the records are; asked for when the first page is shown.</param>
internal sealed class DubJobNames(IServiceProvider services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The name of a job, such as <c>Dub 0b9f… · user 51, ryan, en → es · Status_2, 52 %, attempt 1</c>; of one that was read, without
    /// where it stood.
    /// </summary>
    public string NameOf(DashboardContext context, Job job)
    {
        if (job.Type != typeof(DubbingJob) || job.Args is not [Guid requestId, ..])
            return $"{job.Type.Name}.{job.Method.Name}";
        // The dashboard's pages are rendered synchronously.
        return Task.Run(() => DescribeAsync(requestId)).GetAwaiter().GetResult();
    }

    private async Task<string> DescribeAsync(Guid requestId)
    {
        var name = $"Dub {requestId}";
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            var found = services.GetRequiredService<IProgressStore>().FindAsync(requestId, limit.Token);
            if (await found.WaitAsync(limit.Token) is { } dub)
                return $"{name} · {Describe(dub.Order)} · {Describe(dub)}";
            var kept = services.GetRequiredService<IDubStore>().FindAsync(requestId, limit.Token);
            return await kept.WaitAsync(limit.Token) is { } record ? $"{name} · {Describe(record.Order)} · complete" : name;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or System.Data.Common.DbException
            || OutageRules.Of(e) is not null)
        {
            // The name is enough while the records do not answer: /health/ready says that they do not.
            return name;
        }
    }

    private static string Describe(DubOrder order) =>
        $"user {order.UserId}, {order.ProjectId}, {order.FromLang ?? "?"} → {order.ToLang}";

    private static string Describe(DubProgress dub)
    {
        var where = $"{dub.Stage.ToWire()}, {dub.Percent} %, attempt {dub.Attempt}";
        var faults = dub.Faults > 0 ? $", {dub.Faults} faults" : "";
        return dub.ExceptionCode is { } code ? $"{where}{faults}, {code}" : where + faults;
    }
}
