using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.PocketSphinx;

namespace AiDub.Tests.Jobs.Engines.PocketSphinx;

public sealed class BatchOutputTests
{
    // Recorded from pocketsphinx_batch 5prealpha on two LibriVox sentences.
    private const string Ctm = """
        c1 1 0.16 0.10 he 0.999
        c1 1 0.27 0.21 was 1.000
        c1 1 0.49 0.50 not 0.996
        c3 1 0.95 0.37 more 0.989
        c3 1 1.33 0.59 amiable 1.001
        """;

    [Test]
    public void Words_come_by_chunk_with_times_and_confidence()
    {
        var words = BatchOutput.ReadWords(Ctm.Split('\n'));
        Assert.That(words["c1"].Select(w => w.Text), Is.EqualTo((string[])["he", "was", "not"]));
        Assert.That(words["c1"].First(), Is.EqualTo(new RecognizedWord("he", 0.16, 0.26, 0.999)));
        Assert.That(words["c3"].Last().Confidence, Is.EqualTo(1));
        Assert.That(words["c2"], Is.Empty);
    }

    [Test]
    public void Lines_of_another_form_are_passed_over() =>
        Assert.That(BatchOutput.ReadWords(["", "c1 1 0.1 he", "c1 1 nan 0.2 he 1", "c1 1 x 0.2 he 1"]), Is.Empty);

    [TestCase("INFO: batch.c(760): c4: 3.61 seconds speech, 0.77 seconds CPU, 0.77 seconds wall", "c4")]
    [TestCase("INFO: batch.c(762): c4: 0.21 xRT (CPU), 0.21 xRT (elapsed)", null)]
    [TestCase("INFO: batch.c(777): TOTAL 25.89 seconds speech, 6.10 seconds CPU, 6.10 seconds wall", null)]
    public void The_log_says_which_chunk_is_done(string line, string? id) => Assert.That(BatchOutput.ReadFinished(line), Is.EqualTo(id));

    [Test]
    public void Chunks_are_told_in_frames_of_a_hundredth_of_a_second() =>
        Assert.That(PocketSphinxBatch.ControlLine(3, new(0.5, 2.25)), Is.EqualTo("audio 50 225 c3\n"));
}
