using Microsoft.Extensions.Configuration;

namespace AiDub.Jobs.Hosting;

/// <summary>Where settings come from beside the files, variables and arguments that .NET reads by itself.</summary>
internal static class ServiceSettings
{
    /// <summary>Takes the data folder from <c>AIDUB_DATA</c>, and secrets from files (<see cref="SecretFiles"/>).</summary>
    public static void AddServiceSettings(this IConfigurationManager configuration)
    {
        if (Environment.GetEnvironmentVariable("AIDUB_DATA") is { Length: > 0 } data)
            configuration["Data:Directory"] = data;
        configuration.AddSecrets();
    }
}
