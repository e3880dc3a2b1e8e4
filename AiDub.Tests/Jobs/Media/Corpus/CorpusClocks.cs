namespace AiDub.Tests.Jobs.Media.Corpus;

/// <summary>
/// Recordings whose clock begins late, restarts, steps back, jumps or wraps, and such as change their sound on the way: each has to be
/// dubbed.
/// </summary>
internal static class CorpusClocks
{
    private const string Picture = "-f lavfi -i testsrc2=s=64x48:r=25:d=2";
    private const string Tone = "-f lavfi -i sine=f=300:d=2";
    private const string Copied = "-i clip.mp4 -c copy";
    private const string Fragmented = Copied + " -movflags frag_keyframe+empty_moov+default_base_moof";
    private const string Mpeg2 = "-i clip.mp4 -c:v mpeg2video -c:a mp2 -f vob";
    private const string Later = " -output_ts_offset 2";
    private const string Hour = " -output_ts_offset 3600";
    private const string Minutes = " -output_ts_offset 302";
    private const string Sound = "-i clip.m4a -vn";

    // A recorder goes on without a second head.
    private const int FlvHead = 13;

    private static readonly (string Name, string Arguments)[] Bases =
    [
        ("clip.mp4", $"{Picture} {Tone} -c:v libx264 -preset ultrafast -c:a aac"),
        ("clip.webm", $"{Picture} {Tone} -c:v libvpx -deadline realtime -c:a libopus"),
        ("clip.avi", $"{Picture} {Tone} -c:v mpeg4 -c:a libmp3lame"),
        ("clip.ogg", $"{Tone} -c:a libvorbis"),
        ("clip.m4a", $"{Tone} -c:a aac"),
    ];

    /// <summary>Each of the parts that are joined, by ffmpeg's arguments; they are made of the clips above.</summary>
    private static readonly (string Name, string[] Parts)[] Clips =
    [
        ("restarts.ts", [Copied, Copied]),
        ("restarts-thrice.ts", [Copied, Copied, Copied, Copied]),
        ("steps-back.ts", [Copied, Copied + " -output_ts_offset 1"]),
        ("steps-back-far.ts", [Copied + " -output_ts_offset 600", Copied]),
        ("jumps.ts", [Copied, Copied + Minutes]),
        ("gap.ts", [Copied, Copied + " -output_ts_offset 7"]),
        ("hour.ts", [Copied + Hour]),
        ("wraps.ts", [Copied + " -output_ts_offset 95442.5"]),
        ("restarts.flv", [Copied, Copied]),
        ("jumps.flv", [Copied, Copied + Minutes]),
        ("hour.flv", [Copied + Hour]),
        ("restarts.mkv", [Copied, Copied]),
        ("gap.mkv", [Copied, Copied + " -output_ts_offset 22"]),
        ("jumps.mkv", [Copied, Copied + Minutes]),
        ("hour.mkv", [Copied + Hour]),
        ("live-hour.webm", ["-i clip.webm -c copy -live 1" + Hour]),
        ("restarts.mp4", [Fragmented, Fragmented]),
        ("jumps.mp4", [Fragmented, Fragmented + Minutes]),
        ("hour.mp4", [Copied + Hour]),
        ("hour.mov", [Copied + Hour]),
        ("restarts.mpg", [Mpeg2, Mpeg2]),
        ("hour.mpg", [Mpeg2 + Hour]),
        ("wraps.mpg", [Mpeg2 + " -output_ts_offset 95442.5"]),
        ("restarts.nut", [Copied, Copied]),
        ("hour.nut", [Copied + Hour]),
        ("hour.wmv", ["-i clip.mp4 -c:v wmv2 -c:a wmav2" + Hour]),
        ("hour.ogg", ["-i clip.ogg -c copy" + Hour]),
        ("joined.avi", ["-i clip.avi -c copy", "-i clip.avi -c copy"]),
        ("mono-stereo.ts", [Copied + " -c:a aac -ac 1", Copied + " -c:a aac -ac 2" + Later]),
        ("stereo-surround.ts", [Copied + " -c:a ac3 -ac 2", Copied + " -c:a ac3 -ac 6" + Later]),
        ("rates.ts", [Copied + " -c:a aac -ar 44100", Copied + " -c:a aac -ar 48000"]),
        ("aac-ac3.ts", [Copied, Copied + " -c:a ac3" + Later]),
        ("ac3-mp2.ts", [Copied + " -c:a ac3", Copied + " -c:a mp2"]),
        ("mono-stereo.flv", [Copied + " -c:a aac -ac 1", Copied + " -c:a aac -ac 2"]),
        ("joined.mp3", [Sound + " -c:a libmp3lame -ac 1 -q:a 4", Sound + " -c:a libmp3lame -ac 2 -q:a 4"]),
        ("joined-rates.mp3", [Sound + " -c:a libmp3lame -ar 22050", Sound + " -c:a libmp3lame -ar 48000"]),
        ("joined.aac", [Sound + " -c:a aac -ac 1", Sound + " -c:a aac -ac 2"]),
    ];

    /// <summary>Writes them into a folder, each with how long it is to last, in seconds.</summary>
    public static async Task<IReadOnlyList<(string Path, double Seconds)>> MakeAsync(MediaBench bench)
    {
        await bench.MakeAllAsync(Bases);
        await bench.MakeAllAsync(Clips.SelectMany(clip => clip.Parts.Select((how, i) => (Part(i, clip.Name), how))));
        foreach (var (name, parts) in Clips)
        {
            await using var joined = File.Create(bench.Path(name));
            for (var i = 0; i < parts.Length; i++)
            {
                var part = await File.ReadAllBytesAsync(bench.Path(Part(i, name)));
                await joined.WriteAsync(part.AsMemory(i > 0 && name.EndsWith(".flv", StringComparison.Ordinal) ? FlvHead : 0));
            }
        }
        return [.. Clips.Select(clip => (bench.Path(clip.Name), Seconds(clip)))];
    }

    private static string Part(int number, string name) => $"part-{number}-{name}";

    private static double Seconds((string Name, string[] Parts) clip) => clip.Name switch
    {
        "gap.ts" => 9,
        "gap.mkv" => 24,
        _ => 2 * clip.Parts.Length,
    };
}
