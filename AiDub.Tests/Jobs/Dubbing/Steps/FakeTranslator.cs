using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>Translates English into Spanish by putting a word before it.</summary>
internal sealed class FakeTranslator(string name = "Fake") : ITranslator
{
    public string Name => name;

    public bool KeepsToLength { get; init; }

    public TranslationQuality Quality { get; init; } = TranslationQuality.Standard;

    public IReadOnlyList<DubWarning> Warnings { get; init; } = [];

    /// <summary>What it answers to a text.</summary>
    public Func<string, string> Answer { get; init; } = text => $"Dicho: {text}";

    public List<TranslationRequest> Asked { get; } = [];

    /// <summary>Translators as steps ask for them, in this order.</summary>
    public static Translators InOrder(params FakeTranslator[] translators) =>
        new(translators, Options.Create(new EnginesOptions { Translator = [.. translators.Select(t => t.Name)] }));

    public Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<string>>(from == "en" ? new HashSet<string> { "es" } : []);

    public Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
    {
        Asked.Add(request);
        var translated = new TranslatedTexts([.. request.Texts.Select(Answer)], [request.From, request.To]);
        return Task.FromResult(translated with { Quality = Quality, Warnings = Warnings });
    }
}
