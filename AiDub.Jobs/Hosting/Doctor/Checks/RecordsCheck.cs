using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.Mongo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Driver;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether the record stores answer.</summary>
internal sealed class RecordsCheck(IServiceProvider services, IConfiguration configuration) : IDoctorCheck
{
    public string What => "records";

    public string Advice => IsMongo
        ? "start the server, or correct ConnectionStrings:Mongo"
        : "see the data folder; a database that is damaged has to be restored or removed";

    private bool IsMongo => configuration.Provider() == StorageProvider.Mongo;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        if (!IsMongo)
        {
            await ReadAsync(ct);
            return [Finding.Ok(What, "embedded, in the data folder")];
        }

        // First, because it says in words of ours which server does not answer.
        var tells = MongoDeployment.HasChangeStreams(services.GetRequiredService<IMongoDatabase>());
        await ReadAsync(ct);
        return
        [
            tells
                ? Finding.Ok(What, "MongoDB, a replica set")
                : Finding.Warn(
                    What,
                    "MongoDB, a standalone server",
                    "run it as a replica set, of one node at least: workers then hear of jobs at once"),
        ];
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        await services.GetRequiredService<IProgressStore>().FindAsync(Guid.Empty, ct);
        await services.GetRequiredService<IDubStore>().FindAsync(Guid.Empty, ct);
    }
}
