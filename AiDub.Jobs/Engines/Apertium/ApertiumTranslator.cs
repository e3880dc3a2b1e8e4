using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Apertium.Pairs;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Apertium;

/// <summary>Translates along the installed directions, through other languages where none leads straight there.</summary>
public sealed class ApertiumTranslator : ITranslator, IDisposable
{
    internal static readonly IReadOnlyDictionary<string, string?> Utf8 = new Dictionary<string, string?> { ["LC_ALL"] = "C.UTF-8" };
    private static readonly TimeSpan ListPatience = InstalledLanguages<DirectionGraph>.Patience;
    private readonly ToolRunner _tools;
    private readonly ApertiumOptions _options;
    private readonly ILogger<ApertiumTranslator> _log;
    private readonly PairCompiler _compiler;
    private readonly InstalledLanguages<DirectionGraph> _graph;

    /// <summary>A translator with the directions that are installed when it is first asked.</summary>
    public ApertiumTranslator(ToolRunner tools, IOptions<ApertiumOptions> options, TimeProvider clock, ILogger<ApertiumTranslator> log)
    {
        (_tools, _options, _log) = (tools, options.Value, log);
        _compiler = new PairCompiler(tools, _options, log);
        _graph = new InstalledLanguages<DirectionGraph>(_options.Executable, ListAsync, DirectionGraph.Parse(), clock, log);
    }

    /// <inheritdoc/>
    public string Name => ApertiumOptions.Section;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct) =>
        (await _graph.GetAsync(ct)).Targets(from, _options.MaxHops);

    /// <inheritdoc/>
    /// <remarks>Rules give the gist of any text and miss much of what people say.</remarks>
    public Task<TranslationQuality> QualityAsync(string from, string to, CancellationToken ct) => Task.FromResult(TranslationQuality.Draft);

    /// <inheritdoc/>
    /// <remarks>A text comes back as one line. One without a letter comes back as it went in.</remarks>
    /// <exception cref="PermanentDubException">No route leads there (<c>to_lang_unsupported</c>).</exception>
    /// <exception cref="TransientDubException">Apertium broke off.</exception>
    public async Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
    {
        var route = (await _graph.GetAsync(ct)).Route(request.From, request.To, _options.MaxHops, request.Region)
            ?? throw new PermanentDubException(FailureCode.ToLangUnsupported,
                $"{LanguageCode.EnglishName(request.From)} cannot be translated into {LanguageCode.EnglishName(request.To)}.");
        var texts = request.Texts.ToArray();
        var worded = Enumerable.Range(0, texts.Length).Where(i => SegmentBatch.HasWords(texts[i])).ToArray();
        var lines = worded.Select(i => SegmentBatch.ToLine(texts[i])).ToArray();
        using var folder = new ToolFolder();
        foreach (var direction in route)
            lines = await TranslateAsync(direction, lines, folder.Path, ct);
        foreach (var (i, line) in worded.Zip(lines))
            texts[i] = line;
        return new TranslatedTexts(texts, [request.From, .. route.Select(d => d.To)]) { Quality = TranslationQuality.Draft };
    }

    /// <summary>Compiles our own pair before it is needed.</summary>
    /// <returns>Its folder; null when a package that it is made of is not installed.</returns>
    /// <exception cref="ToolFailedException">A tool refused an input.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for compiled pairs is not ours to write in; an <see cref="IOException"/>
    /// where it cannot be written at all.</exception>
    internal Task<string?> PrepareAsync(CancellationToken ct) => _compiler.CompileAsync(ct);

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    private async Task<string[]> TranslateAsync(Direction direction, string[] lines, string folder, CancellationToken ct)
    {
        if (lines.Length == 0)
            return [];
        var output = await RunAsync(
            direction.Folder, ["-u", direction.Mode], SegmentBatch.Join(lines), folder, TimeSpan.FromSeconds(_options.TimeoutSeconds), ct);
        if (SegmentBatch.Split(output, lines.Length) is { } translations)
            return [.. lines.Zip(translations, (line, translation) => SegmentBatch.Finish(line, translation, direction.To))];
        if (lines.Length == 1)
            return [SegmentBatch.Finish(lines[0], output, direction.To)];
        _log.LogWarning("{Mode} lost a boundary between {Count} texts; they go in two halves.", direction.Mode, lines.Length);
        var half = lines.Length / 2;
        return
        [
            .. await TranslateAsync(direction, lines[..half], folder, ct),
            .. await TranslateAsync(direction, lines[half..], folder, ct),
        ];
    }

    private async Task<DirectionGraph> ListAsync(CancellationToken ct)
    {
        using var folder = new ToolFolder();
        var listings = new List<DirectionListing>();
        foreach (var data in _options.PairDirectories.Prepend(null))
            listings.Add(new DirectionListing(await RunAsync(data, ["-l"], "", folder.Path, ListPatience, ct), data));
        if (await CompiledAsync(ct) is { } own)
            listings.Add(
                new DirectionListing(await RunAsync(own, ["-l"], "", folder.Path, ListPatience, ct), own, TranslationQuality.Draft));
        return DirectionGraph.Parse(listings);
    }

    // A pair that cannot be compiled is not offered; it takes the installed ones with it no more than one that is not installed would.
    private async Task<string?> CompiledAsync(CancellationToken ct)
    {
        try
        {
            return await _compiler.CompileAsync(ct);
        }
        catch (Exception e) when (e is ToolFailedException or IOException or UnauthorizedAccessException)
        {
            _log.LogError(e, "The pair from English into Indonesian could not be compiled; Apertium goes without it.");
            return null;
        }
    }

    private async Task<string> RunAsync(
        string? data, string[] arguments, string input, string folder, TimeSpan timeout, CancellationToken ct)
    {
        string[] all = data is null ? arguments : ["-d", data, .. arguments];
        var command = new ToolCommand(_options.Executable, all, folder)
        {
            StandardInputText = input,
            Environment = Utf8,
            Timeout = timeout,
        };
        try
        {
            return (await _tools.RunAsync(command, ct)).StandardOutput;
        }
        catch (ToolFailedException e)
        {
            throw new TransientDubException("The text could not be translated: Apertium broke off.", e);
        }
    }
}
