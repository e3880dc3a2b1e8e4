using System.Net;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Tests.Jobs.Dubbing;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Api.Dashboards;

/// <summary>What the dashboard says of dubs, and what its buttons do to them.</summary>
[TestFixture(false, TestName = "embedded")]
[TestFixture(true, TestName = "on MongoDB")]
[NonParallelizable] // Its queue is configured for the whole process.
internal sealed class DashboardJobsTests(bool onMongo)
{
    private readonly List<string> _ran = [];
    private TestData _data = null!;
    private MongoTestDatabase? _database;
    private TaskCompletionSource _held = null!;
    private DashboardHost _host = null!;
    private Func<string, CancellationToken, Task> _before = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _ran.Clear();
        _held = new TaskCompletionSource();
        _before = (_, _) => Task.CompletedTask;
        _data = new TestData();
        _database = onMongo ? (await MongoServer.SharedAsync()).NewDatabase() : null;
        _host = await DashboardHost.StartAsync(_data, FakeSteps.Make((step, _, ct) =>
        {
            lock (_ran)
                _ran.Add(step);
            return _before(step, ct);
        }), _database?.Environment ?? []);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    [Test]
    public async Task A_running_job_is_named_after_its_dub_its_user_and_languages_with_stage_percent_and_attempt()
    {
        var dub = await HeldAsync("speak");

        var (from, to) = (dub.Order.FromLang ?? "?", dub.Order.ToLang);
        var whose = $"user {dub.Order.UserId}, {dub.Order.ProjectId}, {from} → {to}";
        var name = $"Dub {dub.RequestId} &#183; {whose} &#183; Status_3, 60 %, attempt 1";
        Assert.That(WebUtility.HtmlDecode(await _host.PageAsync("/jobs/processing")), Does.Contain(WebUtility.HtmlDecode(name)));
        Assert.That(WebUtility.HtmlDecode(await _host.PageAsync($"/jobs/details/{dub.JobId}")), Does.Contain(WebUtility.HtmlDecode(name)));
    }

    [Test]
    public async Task A_job_that_is_given_up_for_another_cancels_no_dub()
    {
        var dub = await HeldAsync("speak");

        await _host.Get<IDubQueue>().DropAsync(dub.JobId!, default);

        await _host.UntilJobAsync(dub.JobId!, "Deleted");
        Assert.That((await _host.Progress.FindAsync(dub.RequestId, default))!.State, Is.EqualTo(DubState.Running));
    }

    [Test]
    public async Task Deleting_a_running_job_cancels_its_dub_for_good_and_removes_its_files()
    {
        var dub = await HeldAsync("speak");

        Assert.That((await _host.PressAsync("delete", dub.JobId!)).IsSuccessStatusCode, Is.True);

        var cancelled = await _host.UntilAsync(dub.RequestId, d => d.IsCancelled && d.KeptUntil > d.UpdatedAt);
        Assert.That(Directory.EnumerateFiles(Path.Combine(_data.Root, "objects"), "*", SearchOption.AllDirectories), Is.Empty);
        await _host.Get<DubSweeper>().SweepAsync(default);
        Assert.That(await _host.Progress.FindAsync(dub.RequestId, default), Is.EqualTo(cancelled).UsingPropertiesComparer());
        Assert.That(_ran, Is.EqualTo(new[] { "transcribe", "translate", "speak" }));
    }

    [Test]
    public async Task Deleting_a_waiting_job_cancels_its_dub_before_it_begins()
    {
        await HeldAsync("transcribe");
        var waiting = await _host.SubmitAsync();

        await _host.PressAsync("delete", waiting.JobId!);
        var cancelled = (await _host.Progress.FindAsync(waiting.RequestId, default))!;
        _held.SetResult();
        var after = await _host.SubmitAsync();
        await _host.UntilAsync(after.RequestId, d => d.State == DubState.Complete);

        Assert.That((cancelled.IsCancelled, cancelled.Attempt), Is.EqualTo((true, 0)));
        Assert.That(await _host.Progress.FindAsync(waiting.RequestId, default), Is.EqualTo(cancelled));
    }

    [Test]
    public async Task Deleting_the_job_that_failed_cancels_no_dub_that_is_about_to_be_queued_again()
    {
        var failed = await FailedAsync(new PermanentDubException(FailureCode.EngineRefused, "The key was refused."));
        await _host.Get<DubRetries>().ReviveAsync(failed.RequestId, default);

        await _host.PressAsync("delete", failed.JobId!);

        await _host.UntilJobAsync(failed.JobId!, "Deleted");
        Assert.That((await _host.Progress.FindAsync(failed.RequestId, default))!.State, Is.EqualTo(DubState.Running));
    }

    [Test]
    public async Task Requeueing_a_failed_job_runs_its_dub_again_from_the_step_that_failed()
    {
        var failed = await FailedAsync(new PermanentDubException(FailureCode.EngineRefused, "The key was refused."));

        await _host.PressAsync("requeue", failed.JobId!);

        var done = await _host.UntilAsync(failed.RequestId, d => d.State == DubState.Complete);
        Assert.That(_ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "speak", "render" }));
        Assert.That((done.Attempt, done.JobId), Is.EqualTo((2, failed.JobId)));
    }

    [Test]
    public async Task A_file_that_cannot_be_dubbed_ends_its_job_with_a_code_and_no_stack()
    {
        var failed = await FailedAsync(new PermanentDubException(FailureCode.MediaInvalid, "It is not a video."), "Succeeded");

        var page = WebUtility.HtmlDecode(await _host.PageAsync($"/jobs/details/{failed.JobId}"));
        Assert.That(page, Does.Contain("media_invalid: It is not a video.").And.Not.Contain(nameof(PermanentDubException)));
        Assert.That(await _host.PageAsync("/jobs/failed"), Does.Not.Contain($"{failed.RequestId}"));
    }

    [Test]
    public async Task Requeueing_a_job_whose_source_was_refused_leaves_its_dub_as_it_is_and_says_why()
    {
        var failed = await FailedAsync(new PermanentDubException(FailureCode.MediaInvalid, "It is not a video."), "Succeeded");

        await _host.PressAsync("requeue", failed.JobId!);

        await _host.UntilJobAsync(failed.JobId!, "Deleted");
        Assert.That(await _host.PageAsync($"/jobs/details/{failed.JobId}"), Does.Contain("It can only be submitted again."));
        Assert.That(await _host.Progress.FindAsync(failed.RequestId, default), Is.EqualTo(failed).UsingPropertiesComparer());
    }

    [Test]
    public async Task Requeueing_a_succeeded_job_does_nothing_to_its_dub()
    {
        var dub = await _host.SubmitAsync();
        var done = await _host.UntilAsync(dub.RequestId, d => d.State == DubState.Complete);
        await _host.UntilJobAsync(dub.JobId!, "Succeeded");

        await _host.PressAsync("requeue", dub.JobId!);
        // Behind it in the queue of the only worker.
        var next = await _host.SubmitAsync();
        await _host.UntilAsync(next.RequestId, d => d.State == DubState.Complete);

        Assert.That((await _host.Progress.FindAsync(dub.RequestId, default))!.UpdatedAt, Is.EqualTo(done.UpdatedAt));
        Assert.That(_ran, Has.Count.EqualTo(8));
    }

    [Test]
    public async Task A_button_pressed_without_the_pages_token_does_nothing()
    {
        var dub = await HeldAsync("speak");

        var answer = await _host.PressAsync("delete", dub.JobId!, withToken: false);

        Assert.That(answer.IsSuccessStatusCode, Is.False);
        Assert.That((await _host.Progress.FindAsync(dub.RequestId, default))!.State, Is.EqualTo(DubState.Running));
    }

    private async Task<DubProgress> HeldAsync(string at)
    {
        var reached = new TaskCompletionSource();
        _before = (step, ct) =>
        {
            if (step != at || !reached.TrySetResult())
                return Task.CompletedTask;
            return _held.Task.WaitAsync(ct);
        };
        var dub = await _host.SubmitAsync();
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(4));
        return dub;
    }

    private async Task<DubProgress> FailedAsync(PermanentDubException error, string state = "Failed")
    {
        var failed = false;
        _before = (step, _) =>
        {
            if (step != "speak" || failed)
                return Task.CompletedTask;
            failed = true;
            throw error;
        };
        var dub = await _host.SubmitAsync();
        await _host.UntilAsync(dub.RequestId, d => d.State == DubState.Failed);
        await _host.UntilJobAsync(dub.JobId!, state);
        return (await _host.Progress.FindAsync(dub.RequestId, default))!;
    }
}
