namespace AiDub.Domain.Errors;

/// <summary>The program cannot start as it is configured; the message says in one line what to change.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
