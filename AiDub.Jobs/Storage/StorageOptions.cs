using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage;

/// <summary>Where records and the queue are kept.</summary>
public enum StorageProvider
{
    /// <summary>In the data folder, which one process has to itself. The default.</summary>
    Embedded,

    /// <summary>In a MongoDB that any number of processes share.</summary>
    Mongo,
}

/// <summary>Where records and the queue are kept: section <c>Storage</c>.</summary>
/// <remarks>It is read before there are options.</remarks>
internal sealed class StorageSettings
{
    /// <summary>
    /// Where records and the queue are kept: <c>Embedded</c> (default) or <c>Mongo</c>, which needs <c>ConnectionStrings:Mongo</c>.
    /// </summary>
    public StorageProvider Provider { get; set; }

    /// <summary>The database in that MongoDB. Default <c>aidub</c>.</summary>
    public string Database { get; set; } = "aidub";
}

/// <summary>The section <c>Storage</c>.</summary>
public static class StorageOptions
{
    /// <summary>What <c>Storage:Provider</c> names; <see cref="StorageProvider.Embedded"/> when it names nothing.</summary>
    /// <exception cref="OptionsValidationException">It names no provider.</exception>
    public static StorageProvider Provider(this IConfiguration configuration)
    {
        var name = configuration["Storage:Provider"];
        if (string.IsNullOrEmpty(name))
            return StorageProvider.Embedded;
        return Enum.GetValues<StorageProvider>()
            .Where(provider => provider.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            .Cast<StorageProvider?>().FirstOrDefault()
            ?? throw new OptionsValidationException(
                "Storage", typeof(StorageProvider), [$"Storage:Provider must be Embedded or Mongo, not '{name}'."]);
    }
}
