using System.Text;
using AiDub.Jobs.Dubbing.Steps.Texts;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Texts;

public sealed class TextDecoderTests
{
    static TextDecoderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static readonly (string Language, string Text, int[] Pages)[] Sentences =
    [
        ("es", "Mañana por la mañana iremos a la montaña. ¿Dónde está el señor Núñez? ¡Qué día más bonito!",
            [1252, 28591, 28605]),
        ("fr", "L'été dernier, nous étions déjà à la forêt. Où êtes-vous allés, mon garçon ?", [1252, 28591]),
        ("de", "Schöne Grüße aus München. Die Straße ist heute größer als früher, sagt der Bäcker.", [1252, 28591]),
        ("pt", "Não há pão nem café. As crianças estão à espera do avião e ninguém vê o coração.", [1252, 28591]),
        ("pl", "Zażółć gęślą jaźń. Dziś wieczorem pójdziemy nad jezioro, a później spać.", [1250, 28592]),
        ("cs", "Příliš žluťoučký kůň úpěl ďábelské ódy. Dnes večer půjdeme k řece.", [1250, 28592]),
        ("hu", "Jó reggelt kívánok! Árvíztűrő tükörfúrógép. Hol van az őrült nő?", [1250, 28592]),
        ("ru", "Доброе утро! Сегодня очень хорошая погода, и мы пойдём на озеро.", [1251, 20866, 28595, 866]),
        ("uk", "Доброго ранку! Сьогодні дуже гарна погода, і ми підемо до озера.", [1251, 21866]),
        ("bg", "Добро утро! Днес времето е много хубаво и ще отидем на езерото.", [1251]),
        ("el", "Καλημέρα σας! Σήμερα ο καιρός είναι πολύ ωραίος και θα πάμε στη λίμνη.", [1253, 28597]),
        ("tr", "Günaydın! Bugün hava çok güzel, göle gideceğiz. Işık ve gölge, şimdi öğle.", [1254, 28599]),
        ("he", "בוקר טוב! היום מזג האוויר יפה מאוד ונלך לאגם.", [1255, 28598]),
        ("ar", "صباح الخير! الطقس جميل جدا اليوم وسنذهب إلى البحيرة.", [1256, 28596]),
        ("vi", "Cha\u0300o ba\u0323n! H\u00f4m nay tr\u01a1\u0300i \u0111e\u0323p, chu\u0301ng ta \u0111i ch\u01a1i.", [1258]),
        ("lt", "Labas rytas! Šiandien labai gražus oras, eisime prie ežero. Ačiū už viską.", [1257]),
        ("th", "สวัสดีตอนเช้า วันนี้อากาศดีมาก เราจะไปทะเลสาบกัน", [874]),
        ("ja", "おはようございます。今日はとてもいい天気ですね。湖へ行きましょう。", [932, 51932]),
        ("zh", "早上好！今天天气很好，我们一起去湖边吧。你们在哪里？", [54936, 936]),
        ("zh", "早安！今天天氣很好，我們一起去湖邊吧。你們在哪裡？", [950]),
        ("ko", "안녕하세요! 오늘은 날씨가 아주 좋습니다. 호수에 갑시다.", [949, 51949]),
    ];

    public static IEnumerable<TestCaseData> InCodePages() =>
        Sentences.SelectMany(s => s.Pages.Select(page => new TestCaseData(s.Language, page, s.Text)));

    [TestCaseSource(nameof(InCodePages))]
    public void A_file_in_a_code_page_is_read_and_the_guess_is_told(string language, int page, string text)
    {
        var file = Srt(text);
        var encoding = Encoding.GetEncoding(page);

        var read = TextDecoder.Decode(encoding.GetBytes(file), language);

        Assert.That(read.Text, Is.EqualTo(file));
        Assert.That(read.Doubt, Does.StartWith("read as ").And.EndsWith(", since it is not UTF-8"));
    }

    [TestCaseSource(nameof(InCodePages))]
    public void Without_a_language_scripts_are_told_by_their_letters(string language, int page, string text)
    {
        // Of the Latin ones, and of rarer ones beside the usual, nothing but the language can tell.
        if (text[0] < '\u0250' || page is 28595 or 866 or 21866 or 28596 or 28597 or 28598 or 51932)
            return;
        var file = string.Concat(Enumerable.Range(0, 5).Select(_ => Srt(text)));

        var read = TextDecoder.Decode(Encoding.GetEncoding(page).GetBytes(file));

        Assert.That(read.Text, Is.EqualTo(file), $"{language}: {read.Doubt}");
    }

    [Test]
    public void Unicode_is_read_with_and_without_its_mark()
    {
        foreach (var (_, text, _) in Sentences)
        {
            foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32,
                new UTF32Encoding(true, true) })
            {
                var bytes = encoding.GetBytes(Srt(text));
                Assert.That(
                    TextDecoder.Decode([.. encoding.GetPreamble(), .. bytes]),
                    Is.EqualTo(new DecodedText(Srt(text), null)),
                    encoding.WebName);
                var unmarked = TextDecoder.Decode(bytes);
                Assert.That(unmarked.Text, Is.EqualTo(Srt(text)), encoding.WebName);
                Assert.That(
                    unmarked.Doubt,
                    encoding is UTF8Encoding
                        ? Is.Null
                        : Does.Contain(encoding.WebName.Replace("BE", "be", StringComparison.OrdinalIgnoreCase)).IgnoreCase);
            }
        }
    }

    [Test]
    public void A_few_wrong_bytes_do_not_make_UTF_8_something_else()
    {
        var read = TextDecoder.Decode([.. Encoding.UTF8.GetBytes(Srt(Sentences[0].Text)), 0xE9, (byte)'\n']);

        Assert.That(read, Is.EqualTo(new DecodedText(Srt(Sentences[0].Text) + "é\n", "read as UTF-8, though 1 of its characters are not")));
    }

    [TestCase("Él dijo: ¿dónde está el señor Núñez? À Ý — “sí”")]
    [TestCase("Доброе утро!")]
    [TestCase("早上好！")]
    [TestCase("Mañana.")]
    public void UTF_8_that_a_program_took_for_letters_of_Windows_is_read_as_what_it_was(string text)
    {
        var taken = Encoding.GetEncoding(1252).GetString(Encoding.UTF8.GetBytes(Srt(text)));

        foreach (var encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode })
        {
            var read = TextDecoder.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(taken)]);

            Assert.That(read, Is.EqualTo(new DecodedText(Srt(text), "read as UTF-8 that was encoded twice")));
        }
    }

    [TestCase("fr", 28591, "Où êtes-vous allé, père Noël ? À bientôt, mon garçon.")]
    [TestCase("ru", 28591, "Привет, как дела?")]
    [TestCase("ja", 28591, "こんにちは、世界。")]
    [TestCase("ja", 28591, "CDを買いました。")]
    public void UTF_8_that_a_program_took_for_letters_of_Latin_1_is_read_as_what_it_was(string language, int page, string text)
    {
        var taken = Encoding.GetEncoding(page).GetString(Encoding.UTF8.GetBytes(Srt(text)));
        var again = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(taken));

        foreach (var written in new[] { taken, again })
        {
            var read = TextDecoder.Decode(Encoding.UTF8.GetBytes(written), language);

            Assert.That(read, Is.EqualTo(new DecodedText(Srt(text), "read as UTF-8 that was encoded twice")));
        }
    }

    [TestCase("Dans l'Âge d'or, Ã est une lettre: “MAÇÔ.")]
    [TestCase("AMANHû e «não».")]
    [TestCase("CAFÉ…")]
    [TestCase("Das macht Spaß… Gruß–")]
    [TestCase("AMANHÃ… MINHA IRMÃ”")]
    [TestCase("AVÔ… VOCÊ… OÙ\u00A0? BEBÉ—")]
    [TestCase("VÍŠ TO? MÔŽE BYŤ.")]
    [TestCase("MÔŽE. VÍŠ.")]
    [TestCase("Úžas!")]
    [TestCase("Dov’è mia madre? Non c’è.")]
    [TestCase("C’était bien. J’étouffe.")]
    [TestCase("—É isso. —É mesmo?")]
    [TestCase("PÓŁNOC. WSPÓŁPRACA. MĘŻCZYZNA: Stop.")]
    [TestCase("MŮŽE. BĚŽTE DOMU.")]
    [TestCase("Îşi face griji.")]
    [TestCase("Ні! Ні! Ці.")]
    [TestCase("Bıçak nerede?")]
    [TestCase("–Åk hem. –Über uns.")]
    public void Letters_that_only_look_so_stay(string text) =>
        Assert.That(TextDecoder.Decode(Encoding.UTF8.GetBytes(Srt(text))), Is.EqualTo(new DecodedText(Srt(text), null)));

    [Test]
    public void Any_bytes_are_read_as_something()
    {
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            var bytes = new byte[random.Next(0, 5000)];
            random.NextBytes(bytes);
            Assert.That(() => TextDecoder.Decode(bytes, i % 2 == 0 ? null : "ja"), Throws.Nothing);
        }
    }

    private static string Srt(string text) => $"1\n00:00:01,000 --> 00:00:04,000\n{text}\n\n2\n00:00:05,000 --> 00:00:08,000\n{text}\n\n";
}
