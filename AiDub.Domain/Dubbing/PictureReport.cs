namespace AiDub.Domain.Dubbing;

/// <summary>What became of the picture.</summary>
/// <param name="Copied">Whether it is the source's, bit by bit; false where it was encoded anew, for subtitles in it or because no
/// container of results carries it as it is.</param>
/// <param name="Codec">The codec that the result has, as ffprobe names it.</param>
/// <param name="DynamicRange"><c>sdr</c>, <c>pq</c> (HDR10, Dolby Vision) or <c>hlg</c>: the source's, which is kept.</param>
public sealed record PictureReport(bool Copied, string Codec, string DynamicRange);
