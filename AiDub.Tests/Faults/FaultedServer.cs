using System.Net;
using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Tests.EndToEnd;
using Microsoft.Data.Sqlite;

namespace AiDub.Tests.Faults;

/// <summary>The service on stores that fail to order, a clip for it to dub, and what a dub leaves in its data folder.</summary>
internal sealed class FaultedServer : IAsyncDisposable
{
    private const string Translation = "00:00:00,200 --> 00:00:01,400\nHola a todos.\n\n00:00:01,700 --> 00:00:02,800\nHasta luego.\n";
    private const string Transcript = "00:00:00,200 --> 00:00:01,400\nThis is a house.\n\n00:00:01,700 --> 00:00:02,800\nWe are here.\n";

    private readonly string _script = Directory.CreateTempSubdirectory("aidub-script-").FullName;
    private readonly ClipServer _clips;
    private readonly Uri _clip;

    private FaultedServer(ClipServer clips, Uri clip, (string, string)[] settings)
    {
        (_clips, _clip) = (clips, clip);
        var data = Directory.CreateTempSubdirectory("aidub-e2e-").FullName;
        var temporary = Directory.CreateDirectory(Path.Combine(data, "tmp")).FullName;
        var environment = new Dictionary<string, string>
        {
            [FaultScript.Variable] = _script,
            ["TMPDIR"] = temporary,
            ["DOTNET_EnableDiagnostics"] = "0",
            ["Source__AllowedPrivateHosts__0"] = $"127.0.0.1:{clips.Port}",
            // No heartbeat and no sweep falls between the writes of a dub.
            ["Dubbing__LeaseSeconds"] = "120",
            ["Dubbing__HeartbeatSeconds"] = "60",
            ["Dubbing__RetrySeconds"] = "0.1",
            ["Dubbing__KeepEditableHours"] = "0",
            // It is started again and again, and each start asks every engine what it can do.
            ["Engines__Recognizer"] = "PocketSphinx",
            ["Engines__Translator"] = "Apertium",
            ["Engines__Synthesizer"] = "Espeak",
        };
        foreach (var (name, value) in settings)
            environment[name] = value;
        Server = new DubServer("AiDub.Tests.dll", data, [.. environment.Select(s => (s.Key, s.Value))]);
    }

    public DubServer Server { get; }

    public string DataFolder => Server.DataFolder;

    public static async Task<FaultedServer> StartAsync(string clip, params (string, string)[] settings)
    {
        var clips = await ClipServer.StartAsync();
        var server = new FaultedServer(clips, clips.Serve(clip), settings);
        await server.Server.StartAsync();
        return server;
    }

    /// <summary>Cuts the sample to its first seconds.</summary>
    public static async Task<string> ClipAsync(string folder, int seconds)
    {
        var clip = Path.Combine(folder, $"clip-{seconds}.mp4");
        await Tool.FfmpegAsync(
            "-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", $"{seconds}", "-c", "copy", clip);
        return clip;
    }

    /// <summary>Says what is to go wrong from now on; null: nothing.</summary>
    public void Rule(string? rule)
    {
        var path = Path.Combine(_script, "rule");
        File.WriteAllText(path + ".new", rule);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>How many calls have failed under the current rule.</summary>
    public int Failed => File.Exists(Path.Combine(_script, "failed")) ? int.Parse(File.ReadAllText(Path.Combine(_script, "failed"))) : 0;

    /// <summary>The writes since they were last taken.</summary>
    public string[] TakePoints()
    {
        var path = Path.Combine(_script, "points");
        if (!File.Exists(path))
            return [];
        var points = File.ReadAllLines(path);
        File.Delete(path);
        return points;
    }

    /// <summary>Submits the clip; null when the service died before it answered.</summary>
    /// <param name="isGiven">Whether what is said is sent along, in one language the translation too: that spares recognition.</param>
    /// <param name="languages">One, or several for a batch.</param>
    public async Task<(HttpStatusCode Status, JsonElement Body)?> TrySubmitAsync(bool isGiven, params string[] languages)
    {
        var body = new Dictionary<string, object>
        {
            ["source_video_url"] = _clip.OriginalString,
            ["user_id"] = 51,
            ["project_id"] = "ryan",
            ["to_lang"] = languages is [var only] ? only : languages,
        };
        if (isGiven)
            body[languages.Length == 1 ? "translation" : "transcript"] = languages.Length == 1 ? Translation : Transcript;
        if (isGiven && languages.Length > 1)
            body["from_lang"] = "en";
        try
        {
            return await Server.PostAsync("/ai_dub", body);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Submits the clip, waits until its dub is over, and returns its id with the answer of its last poll.</summary>
    public async Task<(Guid Dub, HttpStatusCode Status, JsonElement Body)> DubAsync(bool isGiven, int seconds = 240)
    {
        var (status, body) = (await TrySubmitAsync(isGiven, "es"))!.Value;
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        var dub = body.GetProperty("request_id").GetGuid();
        await IdleAsync(seconds);
        (status, body) = await Server.PollAsync(dub);
        return (dub, status, body);
    }

    /// <summary>Waits until nothing is left behind, and says what is when that takes too long.</summary>
    public async Task<IReadOnlyList<string>> SettleAsync(int seconds = 60)
    {
        await DubServer.UntilAsync("leftovers are gone", async () => (await LeftoversAsync()).Count == 0, seconds, orFail: false);
        return await LeftoversAsync();
    }

    /// <summary>Waits until no dub runs.</summary>
    public Task IdleAsync(int seconds = 240) => DubServer.UntilAsync("no dub runs", IsIdleAsync, seconds);

    /// <summary>Whether no dub runs.</summary>
    public async Task<bool> IsIdleAsync() => (await RowsAsync("progress WHERE exception IS NULL AND final_response IS NULL")).Count == 0;

    /// <summary>The request ids of a table, as the database's file holds them.</summary>
    public async Task<IReadOnlyList<Guid>> RowsAsync(string from)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(DataFolder, "aidub.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT request_id FROM {from}";
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
            ids.Add(Guid.Parse(reader.GetString(0)));
        return ids;
    }

    /// <summary>The files of a dub's result, by name.</summary>
    public Dictionary<string, byte[]> Result(Guid dub) =>
        Server.FilesUnder(Path.Combine("objects", "results", "51", dub.ToString())).Where(File.Exists)
        .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    /// <summary>Everything that is there though no dub runs and nothing keeps it on purpose.</summary>
    public async Task<IReadOnlyList<string>> LeftoversAsync()
    {
        var finished = (await RowsAsync("dubs")).Select(id => id.ToString()).ToHashSet();
        var objects = Path.Combine(DataFolder, "objects");
        var left = Server.FilesUnder("scratch").Concat(Server.FilesUnder(Path.Combine("objects", ".incoming")))
            .Concat(Server.FilesUnder(Path.Combine("tmp", $"aidub-engines-{Environment.UserName}")))
            .Concat(Server.FilesUnder(Path.Combine("objects", "work")).Where(path => File.Exists(path)
                && ObjectKeys.IsTemporary(Path.GetRelativePath(objects, path))))
            .Concat(Server.FilesUnder(Path.Combine("objects", "results")).Where(path => File.Exists(path)
                && !finished.Contains(Path.GetRelativePath(objects, path).Split(Path.DirectorySeparatorChar)[2])))
            .Select(path => Path.GetRelativePath(DataFolder, path));
        return [.. left, .. Orphans().Select(process => $"process {process}")];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _clips.DisposeAsync();
        Directory.Delete(_script, recursive: true);
        Directory.Delete(DataFolder, recursive: true);
    }

    // Tools work in folders below the data folder.
    private IEnumerable<string> Orphans()
    {
        foreach (var entry in Directory.EnumerateDirectories("/proc").Where(e => int.TryParse(Path.GetFileName(e), out _)))
        {
            string? folder = null;
            try
            {
                folder = File.ResolveLinkTarget(Path.Combine(entry, "cwd"), returnFinalTarget: false)?.FullName;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended.
            }
            if (folder?.StartsWith(DataFolder, StringComparison.Ordinal) == true)
                yield return $"{Path.GetFileName(entry)} in {folder}";
        }
    }
}
