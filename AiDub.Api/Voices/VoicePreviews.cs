using AiDub.Api.Limits;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Voices;

/// <summary>What became of the wish to hear a voice.</summary>
internal abstract record PreviewOutcome
{
    private PreviewOutcome()
    {
    }

    /// <summary>It spoke.</summary>
    /// <param name="Wav">A whole WAV file.</param>
    public sealed record Spoken(byte[] Wav) : PreviewOutcome;

    /// <summary>No engine speaks the language.</summary>
    public sealed record NoEngine : PreviewOutcome;

    /// <summary>The language has no such voice.</summary>
    public sealed record NoVoice : PreviewOutcome;

    /// <summary>The text is too long, or there is nothing to say in it.</summary>
    public sealed record BadText : PreviewOutcome;

    /// <summary>The user has as many voices speaking as may be.</summary>
    public sealed record TooMany : PreviewOutcome;
}

/// <summary>Lets voices say a short text, each text once: what was spoken last is remembered, as much of it as there is room for.</summary>
internal sealed class VoicePreviews(Synthesizers synthesizers, Scratch scratch, IOptions<VoiceOptions> options) : IDisposable
{
    private readonly UserSlots _slots = new(options.Value.MaxPerUser);
    private readonly MemoryCache _spoken = new(new MemoryCacheOptions { SizeLimit = Math.Max(1, options.Value.CacheBytes) });

    /// <summary>What a voice says when nobody says what: its language's name and numbers, which every voice can read.</summary>
    public static string SampleOf(string language) => $"{LanguageCode.NativeName(language)}: 1, 2, 3, 4, 5.";

    /// <summary>Speaks a text, or remembers how it was spoken.</summary>
    /// <param name="userId">Who wants to hear it.</param>
    /// <param name="tag">The language.</param>
    /// <param name="voice">The voice; null: the language's first.</param>
    /// <param name="text">What to say; null: <see cref="SampleOf"/>.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="TransientDubException">The engine does not answer, or not in time.</exception>
    public async Task<PreviewOutcome> SpeakAsync(long userId, LanguageTag tag, string? voice, string? text, CancellationToken ct)
    {
        if (await synthesizers.ForAsync(tag.Language, ct) is not { } engine)
            return new PreviewOutcome.NoEngine();
        var said = SpokenText.ToPlain(text ?? SampleOf(tag.Language), tag.Language);
        if ((text?.Length ?? 0) > options.Value.PreviewCharacters || !SpokenText.IsSpeakable(said))
            return new PreviewOutcome.BadText();
        var voices = await engine.VoicesAsync(tag.Language, tag.Region, ct);
        if (voice is { Length: > 200 } || (voice is not null && voices.Count > 0 && voices.All(v => v.Name != voice)))
            return new PreviewOutcome.NoVoice();
        var key = (engine.Name, tag, voice, said);
        if (_spoken.TryGetValue(key, out byte[]? known))
            return new PreviewOutcome.Spoken(known!);
        using var slot = _slots.TryTake(userId);
        if (slot is null)
            return new PreviewOutcome.TooMany();
        var wav = await SpeakAsync(engine, new SpeechRequest(said, tag.Language, voice) { Region = tag.Region }, ct);
        if (wav.Length <= options.Value.CacheBytes)
            _spoken.Set(key, wav, new MemoryCacheEntryOptions { Size = wav.Length });
        return new PreviewOutcome.Spoken(wav);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _spoken.Dispose();
    }

    private async Task<byte[]> SpeakAsync(ISynthesizer engine, SpeechRequest request, CancellationToken ct)
    {
        using var folder = scratch.Create();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        var path = Path.Combine(folder.Path, "preview.wav");
        try
        {
            await engine.SpeakAsync(request, path, limit.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TransientDubException($"{engine.Name} did not speak a short text in time.", e);
        }
        return await File.ReadAllBytesAsync(path, ct);
    }
}
