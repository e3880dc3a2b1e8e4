using System.Text;
using AiDub.Jobs.Engines.Apertium.Pairs;

namespace AiDub.Tests.Jobs.Engines.Apertium.Pairs;

public sealed class FreedictTests
{
    // Entries as Debian's dict-freedict-eng-ind has them.
    [TestCase("city //sɪtɪ// //ˈsɪti// <n>\nkota\nlarge settlement\n", "city n kota")]
    [TestCase("beautiful //ˈbjuːtɪfəl// <adj>\ncantik, indah, ayu\npossessing charm\n", "beautiful adj cantik")]
    [TestCase("friend //frɪnd// <n>\n1. kekasih, pacar\nboyfriend or girlfriend\n2. teman, kawan, sahabat\nperson whose company one "
        + "enjoys\n", "friend n teman")]
    [TestCase("run //ɹʊn// <v>\n1. menjalankan 2.\nto be in charge of\n 3.\nto execute\n2. berlari\nto move\n", "run v menjalankan")]
    [TestCase("eat //it// <v>\n1. santap, makan\neat a meal\n2. makan, memakan\nto ingest\n", "eat v santap")]
    [TestCase("rinse /x/ <v>\nbilas, membilas\nto wash\n", "rinse v membilas")]
    [TestCase("ice cream /x/ <n>\nes krim (makanan)\ndessert\n", "ice cream n es krim")]
    public void The_likeliest_sense_gives_its_first_word(string text, string entry)
    {
        var read = Freedict.ParseEntry(text);
        Assert.That($"{read?.Headword} {read?.Kind} {read?.Translation}", Is.EqualTo(entry));
    }

    [TestCase("no entry at all")]
    [TestCase("word /x/ <n>\n")]
    [TestCase("proverb /x/ <n>\nini terlalu panjang untuk sebuah kata\n")]
    public void What_has_no_single_translation_is_left_out(string text) => Assert.That(Freedict.ParseEntry(text), Is.Null);

    [Test]
    public void The_index_says_where_a_text_stands()
    {
        var text = Encoding.UTF8.GetBytes("xxcity /x/ <n>\nkota\nlarge settlement\n");
        Assert.That(
            Freedict.Parse(["00databaseinfo\tA\tC", $"city\tC\tj"], text).Single(), Is.EqualTo(new FreedictEntry("city", "n", "kota")));
        Assert.That(() => Freedict.Parse(["city\tC\tBB"], text), Throws.TypeOf<InvalidDataException>().With.Message.Contains("city"));
    }
}
