namespace AiDub.Jobs.Models.Bringing;

/// <summary>Told how far a file is.</summary>
internal interface IBringProgress
{
    /// <summary>Says something in a line of its own.</summary>
    void Say(string line);

    /// <summary>So many bytes of a file are here.</summary>
    /// <param name="name">The file.</param>
    /// <param name="have">Bytes that are here.</param>
    /// <param name="total">All of its bytes.</param>
    void Tell(string name, long have, long total);
}
