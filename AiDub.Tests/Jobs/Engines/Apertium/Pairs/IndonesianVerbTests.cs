using AiDub.Jobs.Engines.Apertium.Pairs;

namespace AiDub.Tests.Jobs.Engines.Apertium.Pairs;

public sealed class IndonesianVerbTests
{
    [TestCase("membaca", "baca", "dibaca")]
    [TestCase("memakai", "pakai", "dipakai")]
    [TestCase("menulis", "tulis", "ditulis")]
    [TestCase("mencari", "cari", "dicari")]
    [TestCase("menyapu", "sapu", "disapu")]
    [TestCase("menggambar", "gambar", "digambar")]
    [TestCase("mengajar", "ajar", "diajar")]
    [TestCase("melihat", "lihat", "dilihat")]
    [TestCase("berjalan", "berjalan", "berjalan")]
    [TestCase("tertawa", "tertawa", "tertawa")]
    [TestCase("makan", "makan", "dimakan")]
    public void The_prefix_tells_the_root(string active, string root, string passive)
    {
        var verb = IndonesianVerb.Of(active);
        Assert.That((verb.Root, verb.Passive), Is.EqualTo((root, passive)));
    }

    [Test]
    public void A_root_that_is_named_counts() => Assert.That(new IndonesianVerb("mengirim", "kirim").Passive, Is.EqualTo("dikirim"));
}
