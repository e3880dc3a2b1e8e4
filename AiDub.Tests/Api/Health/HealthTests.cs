using AiDub.Domain.Errors;
using AiDub.Jobs.Hosting.Health;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Api.Health;

public sealed class HealthTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task A_service_whose_stores_answer_is_alive_and_ready(string path)
    {
        var body = await (await _api.Client.GetAsync(path)).ReadAsync(200);

        Assert.That(body.GetProperty("status").GetInt32(), Is.EqualTo(200));
    }

    [Test]
    public async Task A_service_without_its_records_is_not_ready_and_says_so()
    {
        _api.Progress.Fault = new IOException("db.internal refused");

        var error = await (await _api.Client.GetAsync("/health/ready")).ReadErrorAsync(503, "not_ready");

        Assert.That(error.GetProperty("errors").EnumerateArray().Select(e => e.Text("msg_code")), Is.EqualTo(["records_unreachable"]));
        Assert.That(error.GetRawText(), Does.Not.Contain("db.internal"));
    }

    [Test]
    public async Task A_service_without_any_store_names_each_of_them()
    {
        _api.Progress.Fault = new IOException();
        _api.Objects.Fault = new IOException();

        var error = await (await _api.Client.GetAsync("/health/ready")).ReadErrorAsync(503, "not_ready");

        Assert.That(error.Text("msg"), Is.EqualTo("not reachable: objects, records"));
    }

    [Test]
    public async Task A_service_without_room_is_not_ready_and_says_so()
    {
        _api.RoomFault = new IOException("No space left on device", 28);

        var error = await (await _api.Client.GetAsync("/health/ready")).ReadErrorAsync(503, "not_ready");

        Assert.That(error.Text("msg"), Is.EqualTo("no room left on the disk"));
        Assert.That(error.GetProperty("errors").EnumerateArray().Select(e => e.Text("msg_code")), Is.EqualTo(["storage_full"]));
    }

    [Test]
    public async Task A_service_whose_data_folder_is_gone_says_that_and_not_that_there_is_no_room()
    {
        _api.RoomFault = new DirectoryNotFoundException("Could not find a part of the path '/srv/dubs/.probe'.");

        var error = await (await _api.Client.GetAsync("/health/ready")).ReadErrorAsync(503, "not_ready");

        Assert.That(error.Text("msg"), Is.EqualTo("the data folder is gone or cannot be written"));
        Assert.That(error.GetProperty("errors").EnumerateArray().Select(e => e.Text("msg_code")), Is.EqualTo(["storage_unwritable"]));
        Assert.That(error.GetRawText(), Does.Not.Contain("/srv"));
    }

    [Test]
    public async Task That_a_service_is_not_ready_and_that_it_is_again_is_one_line_each_however_often_it_is_asked()
    {
        await BeReadyAsync();
        _api.RoomFault = new DirectoryNotFoundException("Could not find a part of the path '/srv/dubs/.probe'.");
        for (var asked = 0; asked < 3; asked++)
            await (await _api.Client.GetAsync("/health/ready")).ReadErrorAsync(503, "not_ready");
        _api.RoomFault = null;
        await UntilReadyAsync();
        await (await _api.Client.GetAsync("/health/ready")).ReadAsync(200);

        Assert.That(
            _api.Log.Entries.Where(entry => entry.Level >= LogLevel.Information && entry.Message.Contains("the data folder is gone"))
                .Select(entry => (entry.Level, entry.Message.Split(':')[0], entry.Exception)),
            Is.EqualTo(new[] { (LogLevel.Warning, "Not ready", (Exception?)null), (LogLevel.Information, "It is over", null) }));
        Assert.That(_api.Log.Entries.Where(entry => entry.Level >= LogLevel.Error), Is.Empty);
    }

    [Test]
    public async Task Of_a_disk_that_turned_read_only_the_log_says_which_it_is()
    {
        await BeReadyAsync();
        _api.RoomFault = new IOException("Read-only file system : '/srv/dubs/scratch/.probe'", 30);

        await (await _api.Client.GetAsync("/health/ready")).ReadErrorAsync(503, "not_ready");

        Assert.That(
            _api.Log.Entries.Where(entry => entry.Level == LogLevel.Warning).Select(entry => entry.Message),
            Has.One.EqualTo("Not ready: the data folder is gone or cannot be written. IOException: Read-only file system : "
                + "'/srv/dubs/scratch/.probe'"));
    }

    // What a test before found is over.
    private async Task BeReadyAsync()
    {
        await UntilReadyAsync();
        _api.Log.Entries.Clear();
    }

    private Task UntilReadyAsync() => DubServer.UntilAsync(
        "it is ready", async () => (await _api.Client.GetAsync("/health/ready")).IsSuccessStatusCode);

    [Test]
    public async Task That_a_service_prepares_itself_is_no_failure_in_the_log()
    {
        await using var starting = new ApiHost(builder => builder.ConfigureTestServices(services => services.AddHealthChecks().Add(
            new HealthCheckRegistration("more", _ => new PreparationCheck(() => true, HealthReason.Engines), null, null))));

        var error = await (await starting.Client.GetAsync("/health/ready")).ReadErrorAsync(503, "not_ready");

        Assert.That(error.GetProperty("errors").EnumerateArray().Select(e => e.Text("msg_code")), Does.Contain("engines_preparing"));
        Assert.That(starting.Log.Entries.Where(entry => entry.Level >= LogLevel.Warning), Is.Empty);
    }

    [Test]
    public async Task A_service_without_its_stores_is_still_alive()
    {
        _api.Progress.Fault = new IOException();
        _api.Objects.Fault = new IOException();

        await (await _api.Client.GetAsync("/health/live")).ReadAsync(200);
    }

    [Test]
    public async Task A_store_that_never_answers_counts_as_down_when_the_limit_has_passed()
    {
        var never = new TaskCompletionSource();
        var check = new ReachableCheck(_ => never.Task, new HurriedClock(ReachableCheck.Limit));

        var result = await check.CheckHealthAsync(new HealthCheckContext());

        Assert.That(result.Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public async Task A_disk_that_never_answers_is_said_to_do_so_and_not_to_be_gone()
    {
        var never = new TaskCompletionSource();
        var check = new ReachableCheck(_ => never.Task, new HurriedClock(ReachableCheck.Limit), HealthReason.OfFolder);

        var result = await check.CheckHealthAsync(new HealthCheckContext());

        Assert.That(result.Description, Is.EqualTo("the disk of the data folder does not answer"));
    }

    [Test]
    public async Task An_outage_is_not_logged_with_its_stack_by_everybody_who_looks_and_a_fault_is()
    {
        var outage = new TransientDubException("It is away.") { Outage = new Outage(Dependency.Records) };
        var told = await new ReachableCheck(_ => throw outage, TimeProvider.System).CheckHealthAsync(new HealthCheckContext());
        var fault = await new ReachableCheck(
            _ => throw new InvalidOperationException(), TimeProvider.System).CheckHealthAsync(new HealthCheckContext());

        Assert.That((told.Status, fault.Status), Is.EqualTo((HealthStatus.Unhealthy, HealthStatus.Unhealthy)));
        Assert.That(told.Exception, Is.Null);
        Assert.That(fault.Exception, Is.Not.Null);
    }

    /// <summary>A clock on which a timer of a certain length fires at once.</summary>
    private sealed class HurriedClock(TimeSpan length) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == length ? TimeSpan.Zero : dueTime, period);
    }
}
