using System.Buffers.Binary;
using System.Text;

namespace AiDub.Tests.StandIns;

/// <summary>The fields of a message in the wire format of Protocol Buffers, read without its description.</summary>
internal sealed class ProtoMessage
{
    private readonly ILookup<int, byte[]> _fields;

    public ProtoMessage(byte[] bytes) => _fields = Read(bytes).ToLookup(f => f.Number, f => f.Value);

    public IEnumerable<ProtoMessage> Messages(int field) => _fields[field].Select(value => new ProtoMessage(value));

    /// <summary>The messages at the end of a path of fields.</summary>
    public IEnumerable<ProtoMessage> Messages(params int[] path) =>
        path.Aggregate((IEnumerable<ProtoMessage>)[this], (messages, field) => messages.SelectMany(m => m.Messages(field)));

    public bool Has(int field) => _fields.Contains(field);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public long Number(int field) => Bytes(field) is { Length: 8 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    public double Double(int field) => BitConverter.Int64BitsToDouble(Number(field));

    private byte[] Bytes(int field) => _fields[field].LastOrDefault() ?? [];

    // Numbers of every kind become 8 bytes.
    private static IEnumerable<(int Number, byte[] Value)> Read(byte[] bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = Varint(bytes, ref at);
            var (number, size) = ((int)(tag >> 3), 8);
            switch (tag & 7)
            {
                case 0:
                    yield return (number, BitConverter.GetBytes(Varint(bytes, ref at)));
                    continue;
                case 2:
                    size = (int)Varint(bytes, ref at);
                    break;
                case 5:
                    size = 4;
                    break;
            }

            yield return (number, bytes[at..(at + size)]);
            at += size;
        }
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
