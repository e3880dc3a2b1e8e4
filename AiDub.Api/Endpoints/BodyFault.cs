using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using AiDub.Api.Errors;
using AiDub.Api.Wire;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AiDub.Api.Endpoints;

/// <summary>Says what a body is that is no JSON object.</summary>
internal static class BodyFault
{
    private const byte ByteOrderMark = 0xEF;

    /// <summary>
    /// The first byte of a body that is no white space, once the whole of it has arrived; it stays there to be read. Null where there is
    /// none.
    /// </summary>
    /// <remarks>The server ends the wait itself when the client breaks off or is too slow.</remarks>
    public static async Task<byte?> FirstByteAsync(PipeReader body)
    {
        while (true)
        {
            var read = await body.ReadAsync(CancellationToken.None);
            var first = read.IsCompleted ? FirstOf(read.Buffer) : null;
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return first;
        }
    }

    /// <summary>The error of a body that could not be read.</summary>
    /// <param name="first">Its first byte that is no white space; null where there is none.</param>
    /// <param name="state">What reading it said.</param>
    public static ErrorBody Of(byte? first, ModelStateDictionary state)
    {
        var error = state.Values.SelectMany(value => value.Errors).Select(e => e.Exception).OfType<JsonException>().FirstOrDefault();
        return Refusal.Of(ErrorCodes.BodyInvalid, $"the body is {Describe(first, error)}");
    }

    private static string Describe(byte? first, JsonException? error) => ((char?)first, error) switch
    {
        (null, _) => "empty: it must be a JSON object",
        // Of broken JSON its own reader tells; what cannot be read into an object has no such cause.
        (_, { InnerException: not null }) => $"not JSON that can be read{PlaceOf(error)}",
        ('[', _) => "a JSON array: it must be a JSON object",
        ('"', _) => "a JSON string: it must be a JSON object",
        ('n', _) => "null: it must be a JSON object",
        ('t' or 'f', _) => "true or false: it must be a JSON object",
        ('-' or (>= '0' and <= '9'), _) => "a number: it must be a JSON object",
        ('{', not null) => $"a JSON object that cannot be read{PlaceOf(error)}: is a field named twice?",
        _ => "not a JSON object",
    };

    private static string PlaceOf(JsonException? error) => error is { LineNumber: { } line, BytePositionInLine: { } at }
        ? string.Create(CultureInfo.InvariantCulture, $" from line {line + 1}, byte {at + 1} on")
        : "";

    private static byte? FirstOf(ReadOnlySequence<byte> bytes)
    {
        foreach (var piece in bytes)
        {
            var rest = piece.Span.TrimStart(" \t\r\n"u8);
            if (rest is [ByteOrderMark, _, _, ..])
                rest = rest[3..].TrimStart(" \t\r\n"u8);
            if (rest.Length > 0)
                return rest[0];
        }
        return null;
    }
}
