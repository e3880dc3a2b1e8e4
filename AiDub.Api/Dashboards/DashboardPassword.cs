using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiDub.Api.Dashboards;

/// <summary>Compares an operator's password in a time that tells nothing of it.</summary>
internal static class DashboardPassword
{
    /// <summary>The fewest characters of a password in a file.</summary>
    public const int MinLength = 12;

    private const int MinIterations = 100_000;
    private const int HashBytes = 32;

    /// <summary>Whether user and password are those of the login.</summary>
    public static bool Matches(DashboardAccessOptions options, string user, string password)
    {
        var isUser = Same(options.User ?? "", user);
        var isPassword = string.IsNullOrEmpty(options.PasswordHash)
            ? Read(options.PasswordFile ?? "") is { } kept && Same(kept, password)
            : ParseHash(options.PasswordHash) is { } hash && CryptographicOperations.FixedTimeEquals(
                hash.Hash, Rfc2898DeriveBytes.Pbkdf2(password, hash.Salt, hash.Iterations, HashAlgorithmName.SHA256, HashBytes));
        return isUser & isPassword;
    }

    /// <summary>The password in a file; null when it cannot be read or is too short.</summary>
    internal static string? Read(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() is { Length: >= MinLength } password ? password : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The parts of a hashed password; null when it is none.</summary>
    internal static (int Iterations, byte[] Salt, byte[] Hash)? ParseHash(string text)
    {
        if (text.Split('$') is not ["pbkdf2-sha256", var count, var salt, var hash]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations < MinIterations)
            return null;
        try
        {
            return Convert.FromBase64String(hash) is { Length: HashBytes } bytes
                ? (iterations, Convert.FromBase64String(salt), bytes)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(left)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}
