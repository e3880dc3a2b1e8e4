namespace AiDub.Tests.Jobs.Media.Corpus;

/// <summary>Pictures of every kind, what files say of them, and files with several: each has to be dubbed.</summary>
internal static class CorpusPictures
{
    private const string Picture = "-f lavfi -i testsrc2=s=64x48:r=25:d=2";
    private const string Sound = "-f lavfi -i sine=f=300:d=2";
    private const string X264 = "-c:v libx264 -preset ultrafast -c:a aac";
    private const string X265 = "-c:v libx265 -preset ultrafast -c:a aac -x265-params log-level=0";
    private const string Colour = "colorprim=bt2020:colormatrix=bt2020nc:transfer";
    private const string Cover = "-f lavfi -i color=red:s=64x64:r=25:d=0.04";

    /// <summary>Clips that ffmpeg makes.</summary>
    public static readonly (string Name, string Arguments)[] Clips =
    [
        ("hdr10.mkv", $"{Picture} {Sound} -pix_fmt yuv420p10le {X265}:{Colour}=smpte2084:hdr10=1:max-cll=1000,400"),
        ("hlg.ts", $"{Picture} {Sound} -pix_fmt yuv420p10le {X265}:{Colour}=arib-std-b67"),
        (
            "hlg.webm",
            $"{Picture} {Sound} -pix_fmt yuv420p10le -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -color_primaries bt2020 "
                + "-color_trc arib-std-b67 -colorspace bt2020nc -c:a libopus"),
        ("hevc.ts", $"{Picture} {Sound} {X265}"),
        ("hev1.mov", $"{Picture} {Sound} {X265} -tag:v hev1"),
        ("drop-frame.mov", $"-f lavfi -i testsrc2=s=64x48:r=30000/1001:d=2 {Sound} {X264} -timecode 01:02:03;04"),
        ("timecode.mp4", $"{Picture} {Sound} {X264} -timecode 23:59:59:24 -write_tmcd 1"),
        ("timecode.mxf", $"-f lavfi -i testsrc2=s=128x96:r=25:d=2 {Sound} -c:v mpeg2video -c:a pcm_s16le -ar 48000 -timecode 10:00:00:00"),
        ("timecode.mkv", $"{Picture} {Sound} {X264} -timecode 00:59:58:00"),
        ("stereo-3d.mkv", $"{Picture} {Sound} {X264} -metadata:s:v:0 stereo_mode=top_bottom"),
        ("frame-packed.mp4", $"{Picture} {Sound} {X264} -x264-params frame-packing=3"),
        ("titles.mkv", $"{Picture} {Sound} {X264} -metadata:s:v:0 title=Film -metadata:s:v:0 language=ger"),
        (
            "alpha.webm",
            $"-f lavfi -i testsrc2=s=64x48:r=25:d=2,format=yuva420p {Sound} -c:v libvpx -auto-alt-ref 0 -deadline realtime -c:a libopus"),
        ("alpha.mov", $"-f lavfi -i testsrc2=s=64x48:r=25:d=2,format=argb {Sound} -c:v qtrle -c:a pcm_s16le"),
        ("pal.avi", $"{Picture} {Sound} -vf setsar=16/15 -c:v mpeg4 -c:a libmp3lame"),
        ("fields.mov", $"{Picture} {Sound} -vf setfield=tff -c:v prores -flags +ildct -c:a pcm_s16le"),
        ("full-range.mp4", $"{Picture} {Sound} -pix_fmt yuvj420p {X264}"),
        ("rgb.mkv", $"{Picture} {Sound} -c:v libx264rgb -preset ultrafast -c:a aac"),
        ("grey.mkv", $"{Picture} {Sound} -pix_fmt gray -c:v ffv1 -c:a flac"),
        ("palette.mov", $"{Picture} {Sound} -pix_fmt pal8 -c:v png -c:a pcm_s16le"),
        ("4-2-2.ts", $"{Picture} {Sound} -pix_fmt yuv422p10le {X264}"),
        ("tiny.mp4", $"-f lavfi -i testsrc2=s=16x16:r=25:d=2 {Sound} {X264}"),
        (
            "cover-first.mp4",
            $"{Cover} {Picture} {Sound} -map 0 -map 1 -map 2 -c:v:0 mjpeg -pix_fmt:v:0 yuvj420p -c:v:1 libx264 -preset ultrafast -c:a aac"),
        ("cover-first.mkv", $"{Cover} {Picture} {Sound} -map 0 -map 1 -map 2 -c:v:0 png -c:v:1 libx264 -preset ultrafast -c:a aac"),
        ("preview-first.mkv", $"-f lavfi -i testsrc2=s=16x16:r=25:d=2 {Picture} {Sound} -map 0 -map 1 -map 2 {X264}"),
        ("slides.mp4", $"-f lavfi -i testsrc2=s=64x48:r=1/2:d=4 -f lavfi -i sine=d=4 {X264}"),
        ("still.mp4", $"-f lavfi -i color=red:s=64x48:r=1:d=1 {Sound} {X264}"),
    ];
}
