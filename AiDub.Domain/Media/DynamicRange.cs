namespace AiDub.Domain.Media;

/// <summary>What light the numbers of a picture stand for.</summary>
public enum DynamicRange
{
    /// <summary>That of a usual display.</summary>
    Sdr,

    /// <summary>High, in absolute steps (SMPTE ST 2084): HDR10 and most of Dolby Vision.</summary>
    Pq,

    /// <summary>High, as broadcasts have it (ITU-R BT.2100 HLG).</summary>
    Hlg,
}
