namespace AiDub.Jobs.Settings;

/// <summary>Which settings' values are shown to nobody.</summary>
internal static class SecretSettings
{
    private static readonly string[] Words = ["Key", "Secret", "Password", "Token", "Connection"];

    /// <summary>Whether a setting, by its name, may hold a secret.</summary>
    public static bool IsSecret(string name) => Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
