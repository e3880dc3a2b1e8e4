using System.Text.Json;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Recognition;

namespace AiDub.Tests.Jobs.Engines.Recognition;

public sealed class HeardChunkTests
{
    // The shape of OpenAI's whisper-1: bare words beside punctuated segments.
    private const string WhisperOne = """
        {"task":"transcribe","language":"english","duration":5.0,"text":"Hello, world. It's well-known: 20% of \"them\" left.",
         "words":[{"word":"Hello","start":0.0,"end":0.4},{"word":"world","start":0.5,"end":0.9},{"word":"It's","start":1.0,"end":1.2},
                  {"word":"well","start":1.2,"end":1.4},{"word":"known","start":1.4,"end":1.6},
          {"word":"20","start":1.7,"end":1.9},{"word":"of","start":2.0,"end":2.1},
                  {"word":"them","start":2.1,"end":2.4},{"word":"left","start":2.4,"end":2.8}],
         "segments":[{"id":0,"seek":0,"start":0.0,"end":2.8,"text":" Hello, world. It's well-known: 20% of \"them\" left.",
          "tokens":[1],"temperature":0.0,
                      "avg_logprob":-0.2,"compression_ratio":1.2,"no_speech_prob":0.01}]}
        """;

    private static HeardChunk Read(string json) => HeardChunk.Read(JsonDocument.Parse(json).RootElement);

    private static string[] Texts(string json) =>
        [.. SegmentBuilder.Build(Read(json).Pieces, new SegmentRules { Punctuated = true, SentencePause = 0.8 }).Select(s => s.Text)];

    [Test]
    public void Bare_words_get_the_punctuation_of_the_text_and_sentences_end_where_it_ends_them()
    {
        Assert.That(Texts(WhisperOne), Is.EqualTo((string[])["Hello, world.", "It's well-known: 20% of \"them\" left."]));
        Assert.That(Read(WhisperOne).Pieces[2], Is.EqualTo(new RecognizedWord("It's", 1.0, 1.2)));
    }

    [Test]
    public void Scripts_without_spaces_are_put_together_without()
    {
        const string json = """
            {"language":"japanese","text":"今日は。元気ですか？",
             "words":[{"word":"今日","start":0,"end":0.5},{"word":"は","start":0.5,"end":0.7},
              {"word":"元気","start":0.8,"end":1.2},{"word":"です","start":1.2,"end":1.5},{"word":"か","start":1.5,"end":1.7}]}
            """;
        Assert.That(Texts(json), Is.EqualTo((string[])["今日は。", "元気ですか？"]));
    }

    [Test]
    public void Segments_do_where_there_are_no_words()
    {
        const string json =
            """
            {"segments":[{"start":0,"end":2,"text":" One half"},{"start":2.1,"end":4,"text":" and the other."},
            {"start":4,"end":5,"text":" [Music]"}],"words":null}
            """;
        Assert.That(Texts(json), Is.EqualTo((string[])["One half and the other."]));
    }

    [Test]
    public void What_Whisper_itself_takes_for_silence_is_left_out()
    {
        const string json =
            """
            {"segments":[{"start":0,"end":2,"text":"Thanks for watching!","no_speech_prob":0.9,"avg_logprob":-1.4},
            {"start":3,"end":4,"text":"Hi."}]}
            """;
        Assert.That(Texts(json), Is.EqualTo((string[])["Hi."]));
    }

    [Test]
    public void A_text_without_times_is_told_apart()
    {
        var heard = Read("""{"text":" Hello. "}""");
        Assert.That((heard.Untimed, heard.Pieces.Count), Is.EqualTo(("Hello.", 0)));
        Assert.That(Read("""{"text":"","segments":[]}""").Untimed, Is.Null);
        Assert.That(() => Read("""{"error":"x"}"""), Throws.InvalidOperationException);
    }

    [TestCase("english", "en")]
    [TestCase("Indonesian", "id")]
    [TestCase("haitian creole", "ht")]
    [TestCase("pt-BR", "pt")]
    [TestCase("jw", "jv")]
    [TestCase("hawaiian", null)]
    [TestCase(null, null)]
    public void A_language_is_known_by_name_or_code(string? reported, string? code) =>
        Assert.That(WhisperLanguages.Find(reported), Is.EqualTo(code));
}
