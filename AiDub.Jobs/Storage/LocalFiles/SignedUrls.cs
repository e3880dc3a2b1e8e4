using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>Signs the addresses under which the API serves local objects: HMAC-SHA256 over key and expiry.</summary>
public sealed class SignedUrls(DataDirectory data, IOptions<ObjectOptions> options, TimeProvider clock)
{
    private const string Path = "/files/";
    private const int SecretBytes = 32;

    // One that could not be made, as on a full disk, is tried again.
    private readonly Lazy<byte[]> _secret = new(() => LoadOrCreate(data.File("signing.key")), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Reads the key, or makes it when there is none.</summary>
    /// <exception cref="StartRefusedException">The file is not of 32 bytes, so that addresses could be forged.</exception>
    public void Prepare() => _ = _secret.Value;

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
        expires >= clock.GetUtcNow().ToUnixTimeSeconds() && IsSigned(key, expires, signature);

    private bool IsSigned(string key, long expires, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signature(key, expires)), Encoding.ASCII.GetBytes(signature));

    /// <summary>
    /// The key of an address that was signed here, whatever its host, and has not expired; null for every other. That of an upload may be
    /// submitted for as long as the upload is kept.
    /// </summary>
    public string? KeyOf(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !uri.AbsolutePath.StartsWith(Path, StringComparison.Ordinal))
            return null;
        var key = Uri.UnescapeDataString(uri.AbsolutePath[Path.Length..]);
        var query = HttpUtility.ParseQueryString(uri.Query);
        return long.TryParse(query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            && query["signature"] is { } signature
            && (key.StartsWith(ObjectKeys.Uploads, StringComparison.Ordinal) ? IsSigned(key, expires, signature)
                : Verify(key, expires, signature))
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
        OwnerOnly.File(path);
        if (File.Exists(path))
            return Read(path);
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var draft = path + "." + Guid.NewGuid().ToString("N");
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(secret);
            file.Flush(flushToDisk: true); // A crash must not leave a name without its bytes.
        }
        // A process that shares the data folder may come first.
        FileRename.TryTake(draft, path);
        return Read(path);
    }

    private static byte[] Read(string path) => File.ReadAllBytes(path) is { Length: SecretBytes } secret
        ? secret
        : throw new StartRefusedException(
            $"'{path}' is not a key of {SecretBytes} bytes. Remove it to have one made; addresses that were handed out then open no more.");
}
