using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Tests.Jobs.Engines;
using AiDub.Tests.Jobs.Engines.PocketSphinx;

namespace AiDub.Tests.StandIns;

/// <summary>What tests of engines over HTTP share: the stand-in, and an engine room that is set to it.</summary>
internal abstract class VendorTests
{
    private readonly List<EngineHost> _hosts = [];

    protected StandInServer Server { get; private set; } = null!;

    protected MemoryLedger Ledger { get; private set; } = new();

    [OneTimeSetUp]
    public async Task StartServer() => Server = await StandInServer.StartAsync();

    [OneTimeTearDown]
    public ValueTask StopServer() => Server.DisposeAsync();

    [SetUp]
    public void Reset()
    {
        Server.Reset();
        Ledger = new MemoryLedger();
    }

    [TearDown]
    public void CloseHosts()
    {
        _hosts.ForEach(h => h.Dispose());
        _hosts.Clear();
    }

    /// <summary>
    /// The engine room with one engine set to the stand-in and quick to repeat; <paramref name="settings"/> are the engine's own.
    /// </summary>
    protected EngineHost Host(string engine, params (string Key, string Value)[] settings)
    {
        var root = engine.StartsWith("OpenAi", StringComparison.Ordinal) ? $"{Server.Root}/v1" : Server.Root;
        (string, string)[] usual = [("BaseUrl", root), ("ApiKey", StandInServer.Key), ("RetrySeconds", "0.01"), ("Retries", "2")];
        var host = new EngineHost(
            [.. settings.Concat(usual).DistinctBy(s => s.Item1).Select(s => ($"Engines:{engine}:{s.Item1}", s.Item2))]);
        _hosts.Add(host);
        return host;
    }

    protected static IRecognizer Recognizer(EngineHost host, string name) => host.Get<IRecognizer>(e => e.Name == name);

    protected static ITranslator Translator(EngineHost host, string name) => host.Get<ITranslator>(e => e.Name == name);

    protected static ISynthesizer Synthesizer(EngineHost host, string name) => host.Get<ISynthesizer>(e => e.Name == name);

    /// <summary>Five sentences of a person, cut into several stretches by <c>ChunkSeconds</c> 10.</summary>
    protected async Task<Transcript> RecognizeAPersonAsync(
        IRecognizer recognizer, EngineHost host, string? language = null, int? seconds = null)
    {
        var samples = Recordings.ReadByAPerson().Samples;
        var path = await Recordings.WriteAsync(host, seconds is { } few ? samples[..(few * Recordings.Rate)] : samples);
        return await recognizer.RecognizeAsync(
            new RecognitionRequest(path, language, host.Folder) { Ledger = Ledger }, new Progress<double>(), default);
    }
}
