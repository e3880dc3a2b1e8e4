using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>Signs the addresses under which the API serves local objects: HMAC-SHA256 over key and expiry.</summary>
public sealed class SignedAddresses(DataDirectory data, IOptions<ObjectOptions> options, TimeProvider clock)
{
    private const string Path = "/files/";

    private readonly Lazy<byte[]> _secret = new(() => LoadOrCreate(data.File("signing.key")));

    /// <summary>An address of an object that expires after <see cref="ObjectOptions.AddressLifetimeSeconds"/>.</summary>
    public Uri Sign(string key, Uri publicBase)
    {
        var expires = clock.GetUtcNow().ToUnixTimeSeconds() + options.Value.AddressLifetimeSeconds;
        var path = string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
        var expiry = expires.ToString(CultureInfo.InvariantCulture);
        return new Uri($"{publicBase.ToString().TrimEnd('/')}{Path}{path}?expires={expiry}&signature={Signature(key, expires)}");
    }

    /// <summary>Whether an address was signed here and has not expired.</summary>
    public bool Verify(string key, long expires, string signature) =>
        expires >= clock.GetUtcNow().ToUnixTimeSeconds()
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signature(key, expires)), Encoding.ASCII.GetBytes(signature));

    /// <summary>The key of an address that was signed here, whatever its host, and has not expired; null for every other.</summary>
    public string? KeyOf(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !uri.AbsolutePath.StartsWith(Path, StringComparison.Ordinal))
            return null;
        var key = Uri.UnescapeDataString(uri.AbsolutePath[Path.Length..]);
        var query = HttpUtility.ParseQueryString(uri.Query);
        return long.TryParse(query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            && query["signature"] is { } signature
            && Verify(key, expires, signature)
            ? key
            : null;
    }

    private string Signature(string key, long expires)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{expires}\n{key}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(_secret.Value, Encoding.UTF8.GetBytes(text)));
    }

    private static byte[] LoadOrCreate(string path)
    {
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        var secret = RandomNumberGenerator.GetBytes(32);
        var draft = path + "." + Guid.NewGuid().ToString("N");
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            file.Write(secret);
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft); // a process that shares the data folder came first
        }

        return File.ReadAllBytes(path);
    }
}
