using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Native.Child;

/// <summary>Looks at the files of models before anything native does.</summary>
internal static class ModelFile
{
    // Field 1 of a model in protobuf, a number: the version of the format (onnx.proto, ModelProto.ir_version).
    private const byte VersionField = 0x08;
    private const int LastVersion = 20;

    private const int GgufHead = 24;
    private const uint FirstGguf = 2;
    private const uint LastGguf = 3;

    /// <summary>Reads an ONNX graph, which is refused when it is none or not the one that it should be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">Its SHA-256 in hex; null when it is not known.</param>
    /// <param name="mostBytes">The most that such a graph has.</param>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static async Task<byte[]> ReadOnnxAsync(string path, string? hash, long mostBytes)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new ModelRefusedException($"there is no {name}");
        if (new FileInfo(path).Length is var length && (length < 16 || length > mostBytes))
            throw new ModelRefusedException($"{name} has {length} bytes, which such a model does not");
        var bytes = await File.ReadAllBytesAsync(path);
        if (hash is not null)
            ThrowUnlessIs(hash, SHA256.HashData(bytes), name);
        return bytes is [VersionField, > 0 and <= LastVersion, ..] ? bytes : throw new ModelRefusedException($"{name} is no ONNX graph");
    }

    /// <summary>Looks at a model as GGUF (ggml-org/ggml, docs/gguf.md), which is refused when it is none or another.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">Its SHA-256 in hex; null when it is not known.</param>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static async Task CheckGgufAsync(string path, string? hash)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new ModelRefusedException($"there is no {name}");
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
        var head = new byte[GgufHead];
        if (await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length || !IsGguf(head, file.Length))
            throw new ModelRefusedException($"{name} is no GGUF of version {FirstGguf} or {LastGguf}");
        await CheckHashAsync(file, hash);
    }

    /// <summary>Reads a whole file for its SHA-256.</summary>
    /// <param name="file">The file.</param>
    /// <param name="hash">What it must be, in hex; null: it is not read.</param>
    /// <exception cref="ModelRefusedException">It is another.</exception>
    public static async Task CheckHashAsync(FileStream file, string? hash)
    {
        if (hash is null)
            return;
        file.Position = 0;
        ThrowUnlessIs(hash, await SHA256.HashDataAsync(file), Path.GetFileName(file.Name));
    }

    /// <summary>Makes an ONNX graph ready to run.</summary>
    /// <param name="graph">What <see cref="ReadOnnxAsync"/> read.</param>
    /// <param name="name">Its file's name, for messages.</param>
    /// <param name="threads">How many cores a run may use; 1 or more.</param>
    /// <exception cref="ModelRefusedException">It is damaged.</exception>
    public static InferenceSession OpenOnnx(byte[] graph, string name, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        try
        {
            return new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelRefusedException($"{name} cannot be loaded: {e.Message}");
        }
    }

    private static void ThrowUnlessIs(string expected, byte[] hash, string name)
    {
        if (!string.Equals(Convert.ToHexString(hash), expected, StringComparison.OrdinalIgnoreCase))
            throw new ModelRefusedException($"{name} is not the file that it should be: its SHA-256 differs");
    }

    // Each tensor and each key takes more than ten bytes of the file: counts beyond that are not what they say.
    private static bool IsGguf(ReadOnlySpan<byte> head, long length) =>
        head.StartsWith("GGUF"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) is >= FirstGguf and <= LastGguf
        && BinaryPrimitives.ReadUInt64LittleEndian(head[8..]) is > 0 and var tensors && tensors < (ulong)length / 10
        && BinaryPrimitives.ReadUInt64LittleEndian(head[16..]) is > 0 and var keys && keys < (ulong)length / 10;
}
