using AiDub.Jobs.Media.Clock;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>Where the tables of a transport stream begin to tell of another sound or picture, from packets that the tests write.</summary>
public sealed class TransportTablesTests
{
    private const byte Aac = 0x0F, Mpeg = 0x03, Ac3 = 0x81, Private = 0x06, H264 = 0x1B;

    [Test]
    public void Tables_that_stay_as_they_are_change_nothing() =>
        Assert.That(Changes(Directory, Table((H264, 256), (Aac, 257)), Directory, Table((H264, 256), (Aac, 257))), Is.Empty);

    [Test]
    public void Another_codec_under_the_same_number_is_a_change_from_the_directory_on() =>
        Assert.That(
            Changes(Directory, Table((Aac, 257)), Filler, Directory, Table((Ac3, 257)), Directory, Table((Ac3, 257))),
            Is.EqualTo(new[] { 3 * 188L }));

    [Test]
    public void Sound_that_goes_on_under_another_number_is_a_change() =>
        Assert.That(Changes(Directory, Table((Mpeg, 257)), Directory, Table((Mpeg, 258))), Has.Count.EqualTo(1));

    [TestCase(0x24, 256, true, TestName = "A picture of another codec is a change")]
    [TestCase(H264, 300, true, TestName = "A picture that goes on under another number is a change")]
    [TestCase(H264, 256, false, TestName = "A picture that stays is none")]
    public void A_picture_that_changes_is_one(int codec, int number, bool isOne)
    {
        var changes = All(Directory, Table((H264, 256), (Aac, 257)), Directory, Table(((byte)codec, number), (Aac, 257)));

        Assert.That(changes.At, isOne ? Is.EqualTo(new[] { 2 * 188L }) : Is.Empty);
        Assert.That((changes.IsOfPicture, changes.IsOfSound), Is.EqualTo((isOne, false)));
    }

    [Test]
    public void Sound_and_picture_that_change_at_one_place_are_one_change()
    {
        var changes = All(Directory, Table((H264, 256), (Aac, 257)), Directory, Table((2, 256), (Mpeg, 257)));

        Assert.That((changes.At.Count, changes.IsOfPicture, changes.IsOfSound), Is.EqualTo((1, true, true)));
    }

    [Test]
    public void A_table_without_sound_is_passed_over() =>
        Assert.That(Changes(Directory, Table((Aac, 257)), Directory, Table((H264, 256)), Directory, Table((Aac, 257))), Is.Empty);

    [Test]
    public void A_table_that_was_damaged_on_the_way_tells_of_nothing()
    {
        var damaged = Table((Ac3, 257));
        damaged[19] ^= 1;

        Assert.That(Changes(Directory, Table((Aac, 257)), Directory, damaged, Directory, Table((Aac, 257))), Is.Empty);
    }

    [Test]
    public void Private_data_is_no_sound() =>
        Assert.That(Changes(Directory, Table((Aac, 257), (Private, 300)), Directory, Table((Aac, 257))), Is.Empty);

    [Test]
    public void AAC_of_another_rate_is_a_change_from_the_directory_before_it()
    {
        const int Hz44100 = 4, Hz22050 = 7;
        byte[] table = Table((H264, 256), (Aac, 257));

        Assert.That(Changes(Directory, table, Adts(257, Hz44100), Directory, table, Adts(257, Hz44100)), Is.Empty);
        Assert.That(
            Changes(
                Directory, table, Adts(257, Hz44100), Adts(257, Hz44100),
                Directory, table, Adts(257, Hz22050), Directory, table, Adts(257, Hz22050)),
            Is.EqualTo(new[] { 4 * 188L }));
    }

    [Test]
    public void AAC_of_two_languages_that_changes_at_one_place_is_one_change()
    {
        byte[] table = Table((Aac, 257), (Aac, 258));
        byte[][] Both(int rate) => [Adts(257, rate), Adts(258, rate), Adts(257, rate), Adts(258, rate)];

        Assert.That(Changes([Directory, table, .. Both(4), Directory, table, .. Both(7)]), Is.EqualTo(new[] { 6 * 188L }));
    }

    [TestCase(false, TestName = "A change is where all languages allow it")]
    [TestCase(true, TestName = "A change is where all languages allow it, whichever was certain first")]
    public void A_change_is_where_all_languages_allow_it(bool isSecondFirst)
    {
        byte[] table = Table((Aac, 257), (Aac, 258));
        byte[][] certain = isSecondFirst ? [Adts(258, 7), Adts(257, 7)] : [Adts(257, 7), Adts(258, 7)];

        Assert.That(
            Changes([
                Directory, table, Adts(257, 4), Adts(257, 4), Adts(258, 4), Adts(258, 4), Directory, Adts(257, 7), Directory,
                Adts(258, 7), .. certain,
            ]),
            Is.EqualTo(new[] { 6 * 188L }));
    }

    [Test]
    public void Changes_at_two_places_are_told_in_the_order_of_the_file()
    {
        byte[] table = Table((Aac, 257), (Aac, 258));

        Assert.That(
            Changes(
                Directory, table, Adts(257, 4), Adts(257, 4), Adts(258, 4), Adts(258, 4), Directory, Adts(257, 7), Adts(258, 4),
                Directory, Adts(258, 7), Adts(258, 7), Adts(257, 7)),
            Is.EqualTo(new[] { 6 * 188L, 9 * 188L }));
    }

    [Test]
    public void A_change_before_there_is_anything_is_none() =>
        Assert.That(
            Changes(Directory, Table((Aac, 257)), Adts(257, 4), Adts(257, 4), Adts(257, 7), Adts(257, 7), Table((Ac3, 257))), Is.Empty);

    [Test]
    public void One_head_of_AAC_that_says_another_rate_is_damage() =>
        Assert.That(Changes(Directory, Table((Aac, 257)), Adts(257, 4), Adts(257, 4), Adts(257, 7), Adts(257, 4), Adts(257, 4)), Is.Empty);

    [Test]
    public void A_first_head_of_AAC_that_says_another_rate_is_damage_too() =>
        Assert.That(
            Changes(Directory, Table((Aac, 257)), Directory, Adts(257, 7), Directory, Adts(257, 4), Adts(257, 4)), Is.Empty);

    [Test]
    public void No_packet_makes_the_reader_stumble()
    {
        var random = new Random(1);
        var tables = new TransportTables();
        tables.Add(Directory, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var packet = Table((Aac, 257), (Ac3, 258));
            for (var k = 0; k < 6; k++)
                packet[random.Next(3, 40)] = (byte)random.Next(256);
            Assert.That(() => tables.Add(packet, i), Throws.Nothing, Convert.ToHexString(packet));
        }
    }

    [TestCase(0, 188, 101, TestName = "After a packet that was cut off, packets are found again")]
    [TestCase(70, 188, 50, TestName = "A file may begin within a packet")]
    [TestCase(70, 192, 50, TestName = "A disc recorder's file may begin within a packet")]
    public async Task Packets_are_found_wherever_they_begin(int before, int size, int cut)
    {
        byte[] stamp = [.. Enumerable.Repeat((byte)1, size - 188)];
        byte[] Stored(params byte[][] packets) => [.. packets.SelectMany(p => stamp.Concat(p))];
        byte[] first = [.. Filler[..before], .. Stored(Directory, Table((Aac, 257)), Filler, Filler), .. Filler[..cut]];
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ts");
        await File.WriteAllBytesAsync(path, [.. first, .. Stored(Directory, Table((Ac3, 257)), Filler, Filler)]);
        try
        {
            Assert.That((await TransportTables.ChangesAsync(path, default)).At, Is.EqualTo(new long[] { first.Length }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Filler => Packet(0x1FFF, []);

    private static byte[] Directory => Packet(0, [0, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 1, 0xF0, 0x00]);

    private static byte[] Table(params (byte Type, int Pid)[] streams)
    {
        byte[] entries = [.. streams.SelectMany(s => new byte[] { s.Type, (byte)(0xE0 | (s.Pid >> 8)), (byte)s.Pid, 0xF0, 0 })];
        return Packet(0x1000, [2, 0xB0, (byte)(13 + entries.Length), 0, 1, 0xC1, 0, 0, 0xE1, 0, 0xF0, 0, .. entries]);
    }

    // The head of a PES packet of sound, and of the AAC in it.
    private static byte[] Adts(int pid, int rate)
    {
        byte[] packet =
            [0x47, (byte)(0x40 | (pid >> 8)), (byte)pid, 0x10, 0, 0, 1, 0xC0, 0, 0, 0x80, 0, 0, 0xFF, 0xF1, (byte)(0x40 | (rate << 2))];
        return [.. packet, .. Enumerable.Repeat((byte)0xFF, 188 - packet.Length)];
    }

    private static byte[] Packet(int pid, byte[] section)
    {
        byte[] packet = [0x47, (byte)(0x40 | (pid >> 8)), (byte)pid, 0x10, 0, .. section, .. section.Length == 0 ? [] : Crc(section)];
        return [.. packet, .. Enumerable.Repeat((byte)0xFF, 188 - packet.Length)];
    }

    // CRC-32/MPEG-2, by the polynomial's long division, bit by bit.
    private static byte[] Crc(byte[] section)
    {
        var bits = new System.Collections.BitArray(32 + (section.Length * 8));
        for (var i = 0; i < section.Length * 8; i++)
            bits[i] = (section[i / 8] >> (7 - (i % 8)) & 1) == 1 ^ i < 32;
        for (var i = 0; i < section.Length * 8; i++)
        {
            for (var k = 0; bits[i] && k <= 32; k++)
            {
                if (k > 0)
                    bits[i + k] ^= (0x04C11DB7u >> (32 - k) & 1) == 1;
            }
        }
        var crc = Enumerable.Range(0, 32).Aggregate(0u, (sum, k) => (sum << 1) | (bits[(section.Length * 8) + k] ? 1u : 0u));
        return [(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }

    private static IReadOnlyList<long> Changes(params byte[][] packets) => All(packets).At;

    private static TransportChanges All(params byte[][] packets)
    {
        var tables = new TransportTables();
        foreach (var (i, packet) in packets.Index())
            tables.Add(packet, i * 188);
        return tables.Changes;
    }
}
