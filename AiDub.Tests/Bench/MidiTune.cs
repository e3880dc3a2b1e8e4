namespace AiDub.Tests.Bench;

/// <summary>A tune as a MIDI file (format 0), for synthesizers to play.</summary>
internal static class MidiTune
{
    private const int TicksABeat = 480;
    private static readonly int[] Melody = [0, 4, 7, 12, 11, 7, 9, 5, 4, 7, 2, 5, 0, 7, 4, 2];

    /// <summary>A melody over chords.</summary>
    /// <param name="program">The General MIDI program, from 0.</param>
    /// <param name="chords">The program of the chords; null for none.</param>
    /// <param name="beats">How many beats, each half a second.</param>
    /// <param name="key">The MIDI note that it begins at.</param>
    public static byte[] Of(int program, int? chords, int beats, int key = 60)
    {
        var events = new List<(int Tick, byte[] Bytes)> { (0, [0xC0, (byte)program]), (0, [0xC1, (byte)(chords ?? 0)]) };
        for (var beat = 0; beat < beats; beat++)
        {
            Note(events, 0, beat, beat % 3 == 2 ? 0.5 : 1, key + Melody[beat % Melody.Length], 100);
            if (chords is not null && beat % 4 == 0)
            {
                foreach (var step in (int[])[-12, -8, -5])
                    Note(events, 1, beat, 4, key + step + (beat / 4 % 2 * 5), 70);
            }
        }
        return File(events);
    }

    /// <summary>Drums: bass, snare and hi-hat.</summary>
    /// <param name="beats">How many beats, each half a second.</param>
    /// <param name="isBroken">Whether the bass drum comes off the beat.</param>
    public static byte[] Drums(int beats, bool isBroken)
    {
        var events = new List<(int Tick, byte[] Bytes)>();
        for (var beat = 0; beat < beats; beat++)
        {
            Note(events, 9, beat + (isBroken && beat % 4 == 2 ? 0.75 : 0), 0.2, beat % 2 == 0 ? 36 : 38, 110);
            Note(events, 9, beat, 0.2, 42, 80);
            Note(events, 9, beat + 0.5, 0.2, isBroken && beat % 8 == 7 ? 49 : 42, 60);
        }
        return File(events);
    }

    private static void Note(List<(int Tick, byte[] Bytes)> events, int channel, double beat, double length, int note, int loudness)
    {
        events.Add(((int)(beat * TicksABeat), [(byte)(0x90 | channel), (byte)note, (byte)loudness]));
        events.Add(((int)((beat + length) * TicksABeat), [(byte)(0x80 | channel), (byte)note, 0]));
    }

    private static byte[] File(List<(int Tick, byte[] Bytes)> events)
    {
        var track = new List<byte>();
        var now = 0;
        foreach (var (tick, bytes) in events.OrderBy(e => e.Tick))
        {
            var wait = tick - now;
            if (wait >= 128)
                track.Add((byte)(0x80 | (wait >> 7)));
            track.Add((byte)(wait & 0x7F));
            track.AddRange(bytes);
            now = tick;
        }
        track.AddRange([0, 0xFF, 0x2F, 0]);
        return
        [
            .. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, TicksABeat >> 8, TicksABeat & 0xFF,
            .. "MTrk"u8, (byte)(track.Count >> 24), (byte)(track.Count >> 16), (byte)(track.Count >> 8), (byte)track.Count, .. track,
        ];
    }
}
