namespace AiDub.Jobs.Storage.S3;

/// <summary>Something beside the object store that uses the S3 account.</summary>
public interface IS3Use
{
    /// <summary>Whether it is used, so that <see cref="S3Options"/> must be right.</summary>
    bool IsNeeded { get; }

    /// <summary>What an operator should know of this use where objects are kept in the same account; null when nothing.</summary>
    string? Doubt(S3Options options);
}
