using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.Apertium;

/// <summary>Translates along the installed directions, through other languages where none leads straight there.</summary>
public sealed class ApertiumTranslator : ITranslator, IDisposable
{
    private static readonly Dictionary<string, string?> Utf8 = new() { ["LC_ALL"] = "C.UTF-8" };
    private readonly ToolRunner _tools;
    private readonly ApertiumOptions _options;
    private readonly ILogger<ApertiumTranslator> _log;
    private readonly InstalledLanguages<DirectionGraph> _graph;

    /// <summary>A translator with the directions that are installed when it is first asked.</summary>
    public ApertiumTranslator(ToolRunner tools, IOptions<ApertiumOptions> options, TimeProvider clock, ILogger<ApertiumTranslator> log)
    {
        (_tools, _options, _log) = (tools, options.Value, log);
        _graph = new InstalledLanguages<DirectionGraph>(_options.Executable, ListAsync, DirectionGraph.Parse(""), clock, log);
    }

    /// <inheritdoc/>
    public string Name => ApertiumOptions.Section;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct) =>
        (await _graph.GetAsync(ct)).Targets(from, _options.MaxHops);

    /// <inheritdoc/>
    /// <remarks>A text comes back as one line. One without a letter comes back as it went in.</remarks>
    /// <exception cref="PermanentDubException">No route leads there (<c>to_lang_unsupported</c>).</exception>
    /// <exception cref="TransientDubException">Apertium broke off.</exception>
    public async Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
    {
        var route = (await _graph.GetAsync(ct)).Route(request.From, request.To, _options.MaxHops)
            ?? throw new PermanentDubException("to_lang_unsupported",
                $"{LanguageCode.EnglishName(request.From)} cannot be translated into {LanguageCode.EnglishName(request.To)}.");
        var texts = request.Texts.ToArray();
        var worded = Enumerable.Range(0, texts.Length).Where(i => SegmentBatch.HasWords(texts[i])).ToArray();
        var lines = worded.Select(i => SegmentBatch.ToLine(texts[i])).ToArray();
        using var folder = new ScratchFolder();
        foreach (var direction in route)
            lines = await TranslateAsync(direction, lines, folder.Path, ct);
        foreach (var (i, line) in worded.Zip(lines))
            texts[i] = line;
        return new TranslatedTexts(texts, [request.From, .. route.Select(d => d.To)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    private async Task<string[]> TranslateAsync(Direction direction, string[] lines, string folder, CancellationToken ct)
    {
        if (lines.Length == 0)
            return [];
        var output = await RunAsync(["-u", direction.Mode], SegmentBatch.Join(lines), folder, ct);
        if (SegmentBatch.Split(output, lines.Length) is { } translations)
            return [.. lines.Zip(translations, SegmentBatch.Finish)];
        if (lines.Length == 1)
            return [SegmentBatch.Finish(lines[0], output)];
        _log.LogWarning("{Mode} lost a boundary between {Count} texts; they go in two halves.", direction.Mode, lines.Length);
        var half = lines.Length / 2;
        return [.. await TranslateAsync(direction, lines[..half], folder, ct), .. await TranslateAsync(direction, lines[half..], folder, ct)];
    }

    private async Task<DirectionGraph> ListAsync(CancellationToken ct)
    {
        using var folder = new ScratchFolder();
        return DirectionGraph.Parse(await RunAsync(["-l"], "", folder.Path, ct));
    }

    private async Task<string> RunAsync(string[] arguments, string input, string folder, CancellationToken ct)
    {
        var command = new ToolCommand(_options.Executable, arguments, folder)
        {
            StandardInputText = input,
            Environment = Utf8,
            Timeout = TimeSpan.FromSeconds(_options.TimeoutSeconds),
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
