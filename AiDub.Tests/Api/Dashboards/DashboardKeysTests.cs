using System.Net;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;
using Microsoft.AspNetCore.DataProtection;

namespace AiDub.Tests.Api.Dashboards;

/// <summary>The keys that protect the dashboard's forms are kept with the records.</summary>
[NonParallelizable] // Its queue is configured for the whole process.
public sealed class DashboardKeysTests
{
    private static readonly IDubStep[] NoSteps = [];

    [Test]
    public async Task A_button_of_one_API_works_on_another()
    {
        await using var database = (await MongoServer.SharedAsync()).NewDatabase();
        using var data = new TestData();
        using var others = new TestData();
        await using var one = await DashboardHost.StartAsync(data, NoSteps, [.. database.Environment, ("Workers:Enabled", "false")]);
        await using var other = await DashboardHost.StartAsync(others, NoSteps, [.. database.Environment, ("Workers:Enabled", "false")]);
        var dub = await one.SubmitAsync();

        Assert.That(
            (await one.PressAsync("delete", dub.JobId!, withToken: false, at: other)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await one.PressAsync("delete", dub.JobId!, at: other)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await other.UntilAsync(dub.RequestId, found => found.IsCancelled);
    }

    [Test]
    public async Task What_was_protected_before_a_restart_is_taken_after_it_and_its_keys_are_the_owners_alone()
    {
        using var data = new TestData();
        string sent;
        await using (var before = await DashboardHost.StartAsync(data, NoSteps, ("Workers:Enabled", "false")))
            sent = before.Get<IDataProtectionProvider>().CreateProtector("test").Protect("hello");

        await using var after = await DashboardHost.StartAsync(data, NoSteps, ("Workers:Enabled", "false"));

        Assert.That(after.Get<IDataProtectionProvider>().CreateProtector("test").Unprotect(sent), Is.EqualTo("hello"));
        Assert.That(
            File.GetUnixFileMode(Path.Combine(data.Root, "keys")), Is
                .EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }
}
