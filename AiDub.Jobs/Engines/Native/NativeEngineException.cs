namespace AiDub.Jobs.Engines.Native;

/// <summary>An engine in a process of its own gave no answer. For the log: the message may hold paths.</summary>
internal class NativeEngineException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The process of an engine ended, or had to be ended, with a call unanswered.</summary>
internal sealed class EngineDiedException(string message) : NativeEngineException(message);

/// <summary>The engine will not do what is asked, now or later: its model is not what it should be, or its processes keep dying.</summary>
internal sealed class EngineSkippedException(string message, Exception? inner = null) : NativeEngineException(message, inner);
