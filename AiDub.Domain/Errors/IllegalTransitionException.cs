namespace AiDub.Domain.Errors;

/// <summary>A state was asked to change in a way that its rules forbid: always a programming error.</summary>
public sealed class IllegalTransitionException(string message) : InvalidOperationException(message);
