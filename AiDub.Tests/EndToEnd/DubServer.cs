using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AiDub.Tests.EndToEnd;

/// <summary>The service as a process of its own, on a free port and a data folder that outlives it.</summary>
internal sealed class DubServer : IAsyncDisposable
{
    // What a service on a busy machine may answer: to come again.
    private const HttpStatusCode Later = HttpStatusCode.ServiceUnavailable;

    private readonly Dictionary<string, string> _settings;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(100) };
    private Process? _process;
    private readonly string _program;
    private readonly bool _ownsData;
    private List<string> _log = [];

    public DubServer(params (string Name, string Value)[] settings)
        : this("AiDub.Api.dll", null, settings)
    {
    }

    /// <summary>Another program than the API, or one that shares the data folder of another process.</summary>
    public DubServer(string program, string? dataFolder, params (string Name, string Value)[] settings)
    {
        _program = program;
        _ownsData = dataFolder is null;
        DataFolder = dataFolder ?? Directory.CreateTempSubdirectory("aidub-e2e-").FullName;
        _settings = settings.ToDictionary(s => s.Name, s => s.Value);
        BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}");
    }

    public string DataFolder { get; }

    /// <summary>What starts the service: <c>dotnet</c>, or a program that becomes it.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = ["dotnet"];

    /// <summary>
    /// Whether it is measured. Else it starts cheaply, as one that does not live long.
    /// </summary>
    public bool IsMeasured { get; init; }

    public int ProcessId => _process!.Id;

    public Uri BaseAddress { get; }

    public HttpClient Http => _http;

    public string Log
    {
        get
        {
            var log = _log;
            lock (log)
                return string.Join('\n', log);
        }
    }

    /// <summary>Starts the service and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await UntilAsync("the service is ready", async () =>
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"The service did not start:\n{Log}");
            try
            {
                return (await _http.GetAsync(new Uri(BaseAddress, "/health/ready"))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>Starts the service and does not wait for it.</summary>
    public void Launch()
    {
        var start = new ProcessStartInfo(Launcher[0], Launcher.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, _program));
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(BaseAddress.ToString());
        start.Environment["AIDUB_DATA"] = DataFolder;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development"; // Open, unless the settings say otherwise.
        if (!IsMeasured)
            ShortLife.Of(start);
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        var log = _log = [];
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Add(log, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(log, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>kill -9: no goodbye.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _process!.HasExited;

    /// <summary>What the process ended with.</summary>
    public int ExitCode => _process!.ExitCode;

    /// <summary>SIGTERM, as an operator stops it.</summary>
    public async Task StopAsync(int withinSeconds = 30)
    {
        await SignalAsync("TERM");
        await _process!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(withinSeconds));
    }

    /// <summary>Sends the process a signal, by its own id.</summary>
    public async Task SignalAsync(string signal)
    {
        if (_process!.HasExited)
            return;
        await Signal.SendAsync(signal, _process.Id);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(BaseAddress, path), body);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Submits a video and returns its dub's id.</summary>
    /// <param name="video">Its address.</param>
    /// <param name="toLang">The language to dub into.</param>
    /// <param name="user">Whose dub it is.</param>
    /// <param name="transcript">What is said in English, as subtitles, where recognising it is not what a test is about.</param>
    public async Task<Guid> SubmitAsync(Uri video, string toLang = "es", long user = 51, string? transcript = null)
    {
        var request = new
        {
            source_video_url = video.OriginalString,
            user_id = user,
            project_id = "ryan",
            to_lang = toLang,
            from_lang = transcript is null ? null : "en",
            transcript,
        };
        (HttpStatusCode Status, JsonElement Body) answer = default;
        await UntilAsync(
            "a submission is answered", async () => (answer = await PostAsync("/ai_dub", request)).Status != Later);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body.ToString());
        return answer.Body.GetProperty("request_id").GetGuid();
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PollAsync(Guid requestId, long user = 51) =>
        PostAsync("/ai_dub/progress", new { user_id = user, request_id = requestId });

    /// <summary>Polls until the dub is complete or failed, checking that stage and percent never go backwards.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> FinishAsync(
        Guid requestId, Action<string, int>? seen = null, int withinSeconds = 240, long user = 51)
    {
        var (lastStage, lastPercent) = ("Status_1", 0);
        (HttpStatusCode Status, JsonElement Body) answer = default;
        await UntilAsync("the dub ends", async () =>
        {
            answer = await PollAsync(requestId, user);
            if (answer.Status == Later)
                return false;
            if (answer.Status != HttpStatusCode.OK || answer.Body.TryGetProperty("result_url", out _))
                return true;
            var (stage, percent) = (answer.Body.GetProperty("progress").GetString()!, answer.Body.GetProperty("percent").GetInt32());
            Assert.That(percent, Is.GreaterThanOrEqualTo(lastPercent), "percent went backwards");
            Assert.That(
                stage, Is.GreaterThanOrEqualTo(lastStage).Using((IComparer<string>)StringComparer.Ordinal), "the stage went backwards");
            (lastStage, lastPercent) = (stage, percent);
            seen?.Invoke(stage, percent);
            return false;
        }, withinSeconds);
        return answer;
    }

    public IEnumerable<string> FilesUnder(string folder) => Directory.Exists(Path.Combine(DataFolder, folder))
        ? Directory.EnumerateFileSystemEntries(Path.Combine(DataFolder, folder), "*", SearchOption.AllDirectories)
        : [];

    /// <summary>Waits until no file is left that only a running dub needs: a dub's end can be read before its folder is gone.</summary>
    public Task TidyAsync() => UntilAsync("the scratch folder is empty", () => Task.FromResult(!FilesUnder("scratch").Any()));

    public static async Task UntilAsync(string what, Func<Task<bool>> happened, int seconds = 240, bool orFail = true)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await happened())
        {
            if (deadline.IsCancellationRequested && !orFail)
                return;
            if (deadline.IsCancellationRequested)
                Assert.Fail($"Waited {seconds} s in vain until {what}.");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _http.Dispose();
        if (_ownsData)
            Directory.Delete(DataFolder, recursive: true);
    }

    private static void Add(List<string> log, string? line)
    {
        lock (log)
        {
            if (line is not null)
                log.Add(line);
        }
    }
}
