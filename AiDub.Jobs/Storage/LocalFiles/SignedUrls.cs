using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Sources;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>Signs the addresses under which the API serves local objects: HMAC-SHA256 over expiry, key and file name.</summary>
public sealed class SignedUrls(DataDirectory data, IOptions<ObjectOptions> options, TimeProvider clock)
{
    /// <summary>The field of an address by which its object is saved and not shown; whoever has the address may add it.</summary>
    public const string SavedField = "download";

    private const string Path = "/files/";
    private const int SecretBytes = 32;

    // One that could not be made, as on a full disk, is tried again.
    private readonly Lazy<byte[]> _secret = new(() => LoadOrCreate(data.File("signing.key")), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Reads the key, or makes it when there is none.</summary>
    /// <exception cref="StartRefusedException">The file is not of 32 bytes, so that addresses could be forged.</exception>
    public void Prepare() => _ = _secret.Value;

    /// <summary>An address of an object that expires after <see cref="ObjectOptions.AddressLifetimeSeconds"/>.</summary>
    /// <param name="key">The object.</param>
    /// <param name="publicBase">Where the service is reached.</param>
    /// <param name="name">What the file is called; null: nothing else than its key says.</param>
    public Uri Sign(string key, Uri publicBase, string? name = null)
    {
        var expires = clock.GetUtcNow().ToUnixTimeSeconds() + options.Value.AddressLifetimeSeconds;
        var path = string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
        var expiry = expires.ToString(CultureInfo.InvariantCulture);
        var named = name is null ? "" : $"{SourceName.FileField}={Uri.EscapeDataString(name)}&";
        var signature = Signature(key, expires, name);
        return new Uri($"{publicBase.ToString().TrimEnd('/')}{Path}{path}?{named}expires={expiry}&signature={signature}");
    }

    /// <summary>Whether an address was signed here and has not expired.</summary>
    public bool Verify(string key, long expires, string signature, string? name = null) =>
        expires >= clock.GetUtcNow().ToUnixTimeSeconds() && IsSigned(key, expires, signature, name);

    private bool IsSigned(string key, long expires, string signature, string? name) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Signature(key, expires, name)), Encoding.ASCII.GetBytes(signature));

    /// <summary>
    /// The key of an address that was signed here, whatever its host and the path that this service has there, and has not expired; null
    /// for every other. That of an upload may be submitted for as long as the upload is kept.
    /// </summary>
    public string? KeyOf(string address)
    {
        // No key holds it, and a public path before it may.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.AbsolutePath.LastIndexOf(Path, StringComparison.Ordinal) is not (>= 0 and var at))
            return null;
        var key = Uri.UnescapeDataString(uri.AbsolutePath[(at + Path.Length)..]);
        var query = HttpUtility.ParseQueryString(uri.Query);
        var name = query[SourceName.FileField];
        return long.TryParse(query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            && query["signature"] is { } signature
            && (key.StartsWith(ObjectKeys.Uploads, StringComparison.Ordinal) ? IsSigned(key, expires, signature, name)
                : Verify(key, expires, signature, name))
            ? key
            : null;
    }

    private string Signature(string key, long expires, string? name)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{expires}\n{key}{(name is null ? "" : "\n" + name)}");
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
