namespace AiDub.Jobs.Models;

/// <summary>A model cannot be had. The message is for an operator, and says what to do where something can be done.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it may work when it is tried again.</summary>
    public bool IsPassing { get; init; }
}
