namespace AiDub.Domain.Speech;

/// <summary>Tells whether the words that a recogniser of one language heard are likely to have been said in it.</summary>
/// <remarks>
/// Speech of another language is heard as crumbs: a word here and there, and nothing that fits in between, where the sound is as loud as
/// elsewhere. Measured with PocketSphinx on 16 languages that it does not know (eSpeak NG): words in a row 1.1 to 2.2, of the loud sound 44
/// to 75 % explained. On English of a person and of Flite, with noise and music 20 dB under it and by telephone: 2.7 to 17 and 77 to 100 %.
/// What is recognised mostly wrong for other reasons (noise 10 dB under the voice, eSpeak NG's English) looks the same; hence it is a doubt
/// and not a verdict.
/// </remarks>
public sealed class WordPlausibility
{
    private const double LeastSeconds = 2;
    private const double FewInRow = 2.5;
    private const double LittleExplained = 0.8;
    private const double LeastPause = 0.025;
    private const float LoudRange = 20;
    private const double LoudShare = 0.95;
    private int _words;
    private int _rows;
    private int _loud;
    private int _explained;

    /// <summary>Words in a row between silences and noises, on average; 0 without words.</summary>
    public double WordsInRow => _rows == 0 ? 0 : (double)_words / _rows;

    /// <summary>The share of the loud sound that is explained by words, 0–1; 1 without sound.</summary>
    public double Explained => _loud == 0 ? 1 : (double)_explained / _loud;

    /// <summary>Whether the words are improbable; of a few seconds it cannot be told.</summary>
    public bool IsDoubtful => _loud * LevelMeter.FrameSeconds >= LeastSeconds && WordsInRow < FewInRow && Explained < LittleExplained;

    /// <summary>Takes a stretch of speech.</summary>
    /// <param name="words">What was heard in it, in order; times from its start.</param>
    /// <param name="levels">Its levels, as a <see cref="LevelMeter"/> measured them.</param>
    public void Add(IReadOnlyList<RecognizedWord> words, ReadOnlySpan<float> levels)
    {
        if (levels.IsEmpty)
            return;
        var end = double.NegativeInfinity;
        var explained = new bool[levels.Length];
        foreach (var word in words.Where(w => SegmentBuilder.Clean(w.Text).Length > 0))
        {
            _words++;
            _rows += word.Start > end + LeastPause ? 1 : 0;
            end = word.End;
            explained.AsSpan(Frame(word.Start, levels.Length)..Frame(word.End + LevelMeter.FrameSeconds, levels.Length)).Fill(true);
        }
        var sorted = levels.ToArray();
        Array.Sort(sorted);
        var line = sorted[(int)(LoudShare * sorted.Length)] - LoudRange;
        for (var i = 0; i < levels.Length; i++)
        {
            _loud += levels[i] > line ? 1 : 0;
            _explained += levels[i] > line && explained[i] ? 1 : 0;
        }
    }

    private static int Frame(double seconds, int frames) => Math.Clamp((int)Math.Round(seconds / LevelMeter.FrameSeconds), 0, frames);
}
