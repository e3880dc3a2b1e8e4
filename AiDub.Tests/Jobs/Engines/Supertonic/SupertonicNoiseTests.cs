using AiDub.Jobs.Engines.Supertonic.Child;

namespace AiDub.Tests.Jobs.Engines.Supertonic;

public sealed class SupertonicNoiseTests
{
    [Test]
    public void It_is_normal()
    {
        var noise = SupertonicNoise.Of("a", 100_001);

        Assert.That(noise.Average(), Is.Zero.Within(0.02));
        Assert.That(noise.Average(n => n * n), Is.EqualTo(1).Within(0.02));
        Assert.That(noise.Count(n => Math.Abs(n) < 1) / 100_001.0, Is.EqualTo(0.6827).Within(0.01));
        Assert.That(noise.Zip(noise.Skip(1), (a, b) => a * b).Average(), Is.Zero.Within(0.02), "each is drawn by itself");
    }

    [Test]
    public void It_is_the_texts_own()
    {
        Assert.That(SupertonicNoise.Of("a", 5), Is.EqualTo(SupertonicNoise.Of("a", 6)[..5]).Within(1e-6f));
        Assert.That(SupertonicNoise.Of("b", 5), Is.Not.EqualTo(SupertonicNoise.Of("a", 5)));
    }

    // Computed in Python. Another version must not make other sound of a text that was spoken before.
    [Test]
    public void It_stays_what_it_was() => Assert.That(
        SupertonicNoise.Of("F1 <es>Hola.</es>", 4), Is.EqualTo((float[])[-0.389612f, -0.232855f, -0.267934f, -0.055940f]).Within(1e-5f));
}
