using System.Runtime.CompilerServices;
using System.Text.Json;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;

namespace AiDub.Api.Progress;

/// <summary>The answers of running dubs as JSON, each written once for as long as its document is kept.</summary>
internal sealed class RunningAnswers
{
    private readonly ConditionalWeakTable<DubProgress, byte[]> _written = [];

    /// <summary>The answer for a document that the store keeps, and gives to everybody who asks until it changes.</summary>
    public byte[] Kept(DubProgress dub) => _written.GetValue(dub, Write);

    /// <summary>The answer for a document.</summary>
    public static byte[] Write(DubProgress dub) => JsonSerializer.SerializeToUtf8Bytes(RunningAnswer.Of(dub), WireJson.Options);
}
