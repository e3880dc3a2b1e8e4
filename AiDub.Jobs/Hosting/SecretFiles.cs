using AiDub.Domain.Errors;
using Microsoft.Extensions.Configuration;

namespace AiDub.Jobs.Hosting;

/// <summary>Settings that lie in files, one each, as orchestrators mount secrets.</summary>
public static class SecretFiles
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "AIDUB_SECRETS";

    /// <summary>
    /// Reads every file of the folder as the setting that its name is: <c>Engines__OpenAi__ApiKey</c>. They override all other settings.
    /// </summary>
    /// <exception cref="StartRefusedException">The folder is named but not there.</exception>
    public static void AddSecrets(this IConfigurationBuilder configuration)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;
        if (!Directory.Exists(folder))
            throw new StartRefusedException($"{Variable} names a folder that is not there.");
        configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: false);
    }
}
