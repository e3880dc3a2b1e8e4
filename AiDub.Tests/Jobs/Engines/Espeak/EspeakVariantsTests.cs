using AiDub.Jobs.Engines;

namespace AiDub.Tests.Jobs.Engines.Espeak;

public sealed class EspeakVariantsTests
{
    [TestCase("fr")]
    [TestCase("en")]
    [TestCase("pt")]
    [TestCase("id")]
    public async Task Voices_have_their_variants_in_every_language(string language)
    {
        using var host = new EngineHost(("Engines:Synthesizer", "Espeak"));
        var espeak = host.Get<Synthesizers>().InOrder.Single();

        foreach (var variant in (await espeak.VoicesAsync(language, default)).Where(v =>
            v.Name.EndsWith("+f3", StringComparison.Ordinal) || !v.Name.Contains('+')))
            await OfferedPitch.AssertAsync(host, espeak, variant, language);
    }
}
