using System.Security.Cryptography;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Native.Child;

namespace AiDub.Tests.Jobs.Engines.Native;

/// <summary>Which files are loaded as models.</summary>
public sealed class ModelFileTests
{
    private static readonly byte[] Graph = [0x08, 0x08, .. new byte[100]];
    private string _path = "";

    [SetUp]
    public void MakeFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_path);

    [Test]
    public async Task A_graph_is_read_with_its_hash_and_without()
    {
        await File.WriteAllBytesAsync(_path, Graph);

        Assert.That(await ModelFile.ReadOnnxAsync(_path, Convert.ToHexStringLower(SHA256.HashData(Graph)), 1000), Is.EqualTo(Graph));
        Assert.That(await ModelFile.ReadOnnxAsync(_path, null, 1000), Is.EqualTo(Graph));
    }

    [TestCase(new byte[] { 0x08, 0x08 }, "has 2 bytes")]
    [TestCase(new byte[] { (byte)'G', (byte)'G', (byte)'U', (byte)'F', 3, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, "is no ONNX graph")]
    [TestCase(new byte[] { (byte)'v', (byte)'e', (byte)'r', (byte)'s', 3, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, "is no ONNX graph")]
    public async Task What_is_something_else_is_refused(byte[] bytes, string why)
    {
        await File.WriteAllBytesAsync(_path, bytes);

        Assert.That(() => ModelFile.ReadOnnxAsync(_path, null, 1000), Throws.TypeOf<ModelRefusedException>().With.Message.Contains(why));
    }

    [Test]
    public async Task What_is_too_large_or_was_changed_is_refused()
    {
        await File.WriteAllBytesAsync(_path, Graph);

        Assert.That(() => ModelFile.ReadOnnxAsync(_path, null, 50), Throws.TypeOf<ModelRefusedException>());
        var other = new string('0', 64);
        Assert.That(
            () => ModelFile.ReadOnnxAsync(_path, other, 1000), Throws.TypeOf<ModelRefusedException>().With.Message.Contains("SHA-256"));
        Assert.That(() => ModelFile.ReadOnnxAsync(_path + ".not", null, 1000), Throws.TypeOf<ModelRefusedException>());
    }

    [Test]
    public async Task A_process_says_why_it_refuses_its_model_and_ends()
    {
        using var output = new MemoryStream();

        var exit = await new EngineLoop(Stream.Null, output).RunAsync(async () =>
        {
            await ModelFile.ReadOnnxAsync("/nowhere/m.onnx", null, 1);
            throw new InvalidOperationException("unreached");
        });

        Assert.That(exit, Is.EqualTo(EngineLoop.Refused));
        var said = EngineJson.Read<EngineAnswer>(System.Text.Encoding.UTF8.GetString(output.ToArray()));
        Assert.That(said!.Refused, Is.EqualTo("there is no m.onnx"));
    }
}
