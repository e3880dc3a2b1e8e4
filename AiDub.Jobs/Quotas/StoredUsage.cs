namespace AiDub.Jobs.Quotas;

/// <summary>How many bytes are stored for a user.</summary>
/// <param name="Uploads">What they uploaded and what is still kept of it.</param>
/// <param name="Work">What dubs that run, wait, failed or can be edited are made of.</param>
/// <param name="Results">Dubbed videos and subtitles.</param>
public sealed record StoredUsage(long Uploads, long Work, long Results)
{
    /// <summary>All of it.</summary>
    public long Total => Uploads + Work + Results;
}
