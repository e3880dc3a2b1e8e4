using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AiDub.Jobs.Engines.Supertonic.Child;

/// <summary>Noise that is the same for the same text, on any machine and in any version.</summary>
internal static class SupertonicNoise
{
    /// <summary>Numbers of the standard normal distribution.</summary>
    /// <param name="seed">Any text.</param>
    /// <param name="count">How many.</param>
    public static float[] Of(string seed, int count)
    {
        var state = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));
        var noise = new float[count];
        for (var i = 0; i < count; i += 2)
        {
            // Box and Muller's: two numbers of two.
            var (radius, angle) = (Math.Sqrt(-2 * Math.Log(1 - Uniform(ref state))), 2 * Math.PI * Uniform(ref state));
            noise[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < count)
                noise[i + 1] = (float)(radius * Math.Sin(angle));
        }
        return noise;
    }

    // SplitMix64 (Steele, Lea and Flood, 2014), its upper 53 bits as 0 to 1, 1 excluded.
    private static double Uniform(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
