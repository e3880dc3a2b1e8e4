using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles.Reading;

/// <summary>What of a subtitle is said, by whom, and what is only shown.</summary>
public sealed class SpokenPartTests
{
    [TestCase("[Música]", "")]
    [TestCase("(risas)", "")]
    [TestCase("（笑）", "")]
    [TestCase("【音楽】", "")]
    [TestCase("［拍手］", "")]
    [TestCase("♪ la la ♪", "")]
    [TestCase("♪ la la", "")]
    [TestCase("🎵 la la 🎶", "")]
    [TestCase("♪ la la\nlo lo ♪", "")]
    [TestCase("♪\nHola", "Hola")]
    [TestCase("♪ la la ♪ Hola", "Hola")]
    [TestCase("*suspira*", "")]
    [TestCase("*suspira* Hola", "Hola")]
    [TestCase("Hola [risas] amigos", "Hola amigos")]
    [TestCase("Hola [[risas]] amigos", "Hola amigos")]
    [TestCase("[música [suave] de fondo] Hola", "Hola")]
    [TestCase("Hola ((risas)) amigos", "Hola amigos")]
    [TestCase("((risas))", "")]
    [TestCase("[[risas] Hola", "Hola")]
    [TestCase("Hola (risas) amigos", "Hola amigos")]
    [TestCase("[se abre\nla puerta] Hola", "Hola")]
    [TestCase("(se cierra la puerta)\nHola", "Hola")]
    [TestCase("日本（にほん）です", "日本です")]
    [TestCase("El precio (con IVA) es 3 * 4 = 12", "El precio (con IVA) es 3 * 4 = 12")]
    [TestCase("En (1990) y [", "En (1990) y [")]
    public void Sounds_are_shown_and_not_said(string shown, string said)
    {
        var text = SubtitleParser.Read($"1\n00:00:01,000 --> 00:00:02,000\n{shown}\n").Texts.Single();

        Assert.That(text.Text, Is.EqualTo(said));
        Assert.That(text.Caption, said == shown ? Is.Null : Is.EqualTo(shown.Replace('\n', ' ')));
    }

    [TestCase("Hola.", "Hola.", null)]
    [TestCase("[risas] Hola (suspira) amigos", "Hola amigos", "[risas] Hola (suspira) amigos")]
    [TestCase("El precio (con IVA)", "El precio (con IVA)", null)]
    [TestCase("♪ la la ♪", "", "♪ la la ♪")]
    [TestCase("👍 5 > 3", "👍 5 > 3", null)]
    public void A_text_that_a_person_edits_is_taken_the_same_way(string text, string said, string? caption) =>
        Assert.That(SaidText.Of(text), Is.EqualTo(new SaidText(said, caption)));

    [Test]
    public void In_a_file_with_lines_in_brackets_all_round_brackets_are_sounds()
    {
        var texts = Read("(suena música de fondo)", "Hola (se oye un trueno) amigos");

        Assert.That(texts.Select(t => t.Text), Is.EqualTo(new[] { "", "Hola amigos" }));
    }

    [TestCase("JUAN: Hoy hace frío.", "JUAN", "Hoy hace frío.")]
    [TestCase("JUAN:Hoy hace frío.", "JUAN", "Hoy hace frío.")]
    [TestCase("JUAN (OFF): Hoy hace frío.", "JUAN", "Hoy hace frío.")]
    [TestCase("JUAN CARLOS:\nHoy hace frío.", "JUAN CARLOS", "Hoy hace frío.")]
    [TestCase(">> [SPEAKER_01]: Vamos al lago.", "SPEAKER_01", "Vamos al lago.")]
    [TestCase("SPEAKER_01: Vamos al lago.", "SPEAKER_01", "Vamos al lago.")]
    [TestCase("Speaker A: Let us go.", "Speaker A", "Let us go.")]
    [TestCase("Hablante 2: Vamos.", "Hablante 2", "Vamos.")]
    [TestCase("Dr. Smith: Come in.", "Dr. Smith", "Come in.")]
    [TestCase("(Ana): Vamos.", "Ana", "Vamos.")]
    [TestCase("<v Ana María>Vamos.</v>", "Ana María", "Vamos.")]
    [TestCase(">> Vamos.", null, "Vamos.")]
    [TestCase("Nota: esto es importante.", null, "Nota: esto es importante.")]
    [TestCase("NOTA: esto es importante.", null, "NOTA: esto es importante.")]
    [TestCase("Pregunta: ¿quién es?", null, "Pregunta: ¿quién es?")]
    [TestCase("Juan: a solas no se sabe.", null, "Juan: a solas no se sabe.")]
    [TestCase("10:30 es la hora.", null, "10:30 es la hora.")]
    [TestCase("Son las 10: ya.", null, "Son las 10: ya.")]
    [TestCase("https://example.com es una dirección.", null, "https://example.com es una dirección.")]
    [TestCase("Solo hay una cosa que decir: nada.", null, "Solo hay una cosa que decir: nada.")]
    public void A_label_names_the_speaker_and_what_only_looks_like_one_is_said(string shown, string? speaker, string said)
    {
        var texts = Read("Buenos días a todos ustedes.", shown, "Hasta luego y gracias.");

        Assert.That((texts[1].Speaker, texts[1].Text), Is.EqualTo((speaker, said)));
    }

    [Test]
    public void Names_that_take_turns_are_labels_in_any_script()
    {
        Assert.That(
            Who("Juan: Hola.", "María: Hola.", "Juan: ¿Qué tal?", "Bien.", "María: Bien.", "Nota: eso."),
            Is.EqualTo("Juan,María,Juan,,María,"));
        Assert.That(Who("田中：こんにちは。", "鈴木：はい。", "田中：元気ですか。", "鈴木：はい。"), Is.EqualTo("田中,鈴木,田中,鈴木"));
        Assert.That(Who("أحمد: مرحبا.", "سارة: أهلا.", "أحمد: كيف حالك؟", "سارة: بخير."), Is.EqualTo("أحمد,سارة,أحمد,سارة"));
        Assert.That(Who("Consejo: come.", "Hola.", "Consejo: bebe.", "Adiós.", "Consejo: duerme.", "Fin."), Is.EqualTo(",,,,,"));
    }

    [Test]
    public void In_a_text_all_in_capitals_capitals_say_nothing() =>
        Assert.That(Who("COSAS QUE HACER: NADA.", "HOLA A TODOS.", "HOY HACE FRIO."), Is.EqualTo(",,"));

    [TestCase("- ¿Quién es?\n- Soy yo.")]
    [TestCase("-¿Quién es?\n-Soy yo.")]
    [TestCase("– ¿Quién es? – Soy yo.")]
    [TestCase(">> ¿Quién es?\n>> Soy yo.")]
    [TestCase("¿Quién es? >> Soy yo.")]
    public void Two_in_one_subtitle_are_two_speakers_that_share_its_time(string shown)
    {
        var texts = Read(shown);

        Assert.That(texts.Select(t => t.Text), Is.EqualTo(new[] { "¿Quién es?", "Soy yo." }));
        Assert.That(texts[1].IsOtherSpeaker, Is.True);
        Assert.That(texts[0].End, Is.EqualTo(texts[1].Start).And.GreaterThan(texts[0].Start).And.LessThan(texts[1].End));
    }

    [Test]
    public void Captions_that_roll_say_every_phrase_once()
    {
        const string youTube =
            "WEBVTT\nKind: captions\n\n00:01.000 --> 00:02.590 align:start position:0%\n \nhola<00:00:01.400><c> a</c><00:01.700><c> "
                + "todos</c>\n\n"
            + "00:02.590 --> 00:02.600\nhola a todos\n \n\n00:02.600 --> 00:04.990\nhola a todos\nbienvenidos<00:03.200><c> "
                + "al</c><00:03.600><c> barco</c>\n\n"
            + "00:04.990 --> 00:05.000\nbienvenidos al barco\n \n";

        Assert.That(
            SubtitleParser.Read(youTube).Texts,
            Is.EqualTo(new TimedText[] { new(1, 2.6, "hola a todos"), new(2.6, 5, "bienvenidos al barco") }));
        Assert.That(Said(Rolled("uno dos", "uno dos\ntres", "tres\ncuatro", "cuatro\ncinco")), Is.EqualTo("uno dos|tres|cuatro|cinco"));
        Assert.That(Said(Rolled("a b", "a b\nc d", "a b\nc d\ne f", "c d\ne f\ng h")), Is.EqualTo("a b|c d|e f|g h"));
        Assert.That(Said(Rolled("uno", "uno dos", "uno dos tres", "cuatro")), Is.EqualTo("uno|dos|tres|cuatro"));
        Assert.That(Said(Rolled("今日は", "今日は\nいい天気", "いい天気\nですね")), Is.EqualTo("今日は|いい天気|ですね"));
    }

    [Test]
    public void What_is_said_twice_in_a_row_is_no_rolling() =>
        Assert.That(
            Said(Rolled("No.", "No.", "¿Por qué?", "Porque sí.", "Bueno.", "Adiós.")),
            Is.EqualTo("No.|No.|¿Por qué?|Porque sí.|Bueno.|Adiós."));

    private static string Who(params string[] shown) => string.Join(',', Read(shown).Select(t => t.Speaker));

    private static string Said(IReadOnlyList<TimedText> texts) => string.Join('|', texts.Select(t => t.Text));

    private static IReadOnlyList<TimedText> Read(params string[] shown) =>
        SubtitleParser.Read(
            string.Concat(shown.Select((s, i) => $"{i + 1}\n00:00:{2 * i:00},000 --> 00:00:{(2 * i) + 1:00},000\n{s}\n\n"))).Texts;

    private static IReadOnlyList<TimedText> Rolled(params string[] shown) =>
        SubtitleParser.Read(string.Concat(shown.Select((s, i) => $"{i + 1}\n00:00:{i:00},000 --> 00:00:{i + 1:00},000\n{s}\n\n"))).Texts;
}
