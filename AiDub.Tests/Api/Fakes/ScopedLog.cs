using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Api.Fakes;

/// <summary>Keeps of each line that was logged the scopes that it was in, as a log of JSON shows them.</summary>
internal sealed class ScopedLog : ILoggerProvider, ISupportExternalScope, ILogger
{
    private readonly ConcurrentQueue<(string Message, List<string?> Scopes)> _lines = [];
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>The scopes of the first line that ends with a text.</summary>
    public IReadOnlyList<string?> Of(string end) => _lines.First(line => line.Message.EndsWith(end, StringComparison.Ordinal)).Scopes;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var scopes = new List<string?>();
        _scopes.ForEachScope((scope, list) => list.Add(scope?.ToString()), scopes);
        _lines.Enqueue((formatter(state, exception), scopes));
    }

    public void Dispose()
    {
    }
}
