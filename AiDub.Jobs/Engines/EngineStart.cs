using Microsoft.Extensions.Hosting;

namespace AiDub.Jobs.Engines;

/// <summary>Makes the choice of engines when the program starts, so that a misspelt name stops it then and not in a dub.</summary>
internal sealed class EngineStart(Recognizers recognizers, Translators translators, Synthesizers synthesizers) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Being made is what checks them.
        _ = (recognizers, translators, synthesizers);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
