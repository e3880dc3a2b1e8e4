using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether an object can be put, read and deleted.</summary>
internal sealed class ObjectsCheck(IServiceProvider services, IOptions<ObjectOptions> options) : IDoctorCheck
{
    public string What => "objects";

    public string Advice => options.Value.Provider == ObjectProvider.S3
        ? "correct Objects:S3, and let its user put, get, list and delete objects in the bucket"
        : "see the data folder";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var objects = services.GetRequiredService<IObjectStore>();
        using var folder = services.GetRequiredService<Scratch>().Create();
        var (key, text) = ($"work/doctor-{Guid.NewGuid():N}", Guid.NewGuid().ToString());
        var sent = Path.Combine(folder.Path, "sent");
        await File.WriteAllTextAsync(sent, text, ct);
        await objects.PutAsync(key, sent, "text/plain", ct);
        try
        {
            if (await File.ReadAllTextAsync(await objects.MaterializeAsync(key, folder.Path, ct), ct) != text)
                throw new TransientDubException("what is read is not what was written");
        }
        finally
        {
            await objects.DeleteAsync(key, CancellationToken.None);
        }

        return [Finding.Ok(What, $"{options.Value.Provider}: put, read and deleted one")];
    }
}
