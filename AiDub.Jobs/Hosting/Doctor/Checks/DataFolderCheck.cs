using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether the data folder can be written to and has room.</summary>
internal sealed class DataFolderCheck(IOptions<DataOptions> options) : IDoctorCheck
{
    private const long Scarce = 5L << 30;
    private const long TooLittle = 500L << 20;

    public string What => "data folder";

    public string Advice => "give the service's user a folder that it may write to, by Data:Directory or AIDUB_DATA";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var root = Path.GetFullPath(options.Value.Directory);
        Directory.CreateDirectory(root);
        var probe = Path.Combine(root, $"doctor-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(probe, "written by ./aidub doctor", ct);
        File.Delete(probe);

        if (DiskSpace.FreeOf(root) is not { } free)
            return [Finding.Ok(What, $"{root}, whose file system does not say how much is free")];
        var detail = FormattableString.Invariant($"{root}, {free / (double)(1 << 30):0.0} GiB free");
        return
        [
            free < TooLittle ? Finding.Fail(What, detail, "free some space, or choose another folder by Data:Directory")
            : free < Scarce ? Finding.Warn(What, detail, "a dub needs about four times its source: free some space")
            : Finding.Ok(What, detail),
        ];
    }
}
