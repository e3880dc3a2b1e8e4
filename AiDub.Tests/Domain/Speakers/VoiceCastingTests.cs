using AiDub.Domain.Speakers;

namespace AiDub.Tests.Domain.Speakers;

public sealed class VoiceCastingTests
{
    private static readonly OfferedVoice[] Offered =
    [
        new("own", 102, Gender.Male), new("deep", 85, Gender.Male), new("high", 125, Gender.Male),
        new("low_f", 175, Gender.Female), new("high_f", 215, Gender.Female),
    ];

    [Test]
    public void A_lone_man_speaks_with_the_languages_own_voice() => Assert.That(Cast(Man("S1", 112)), Is.EqualTo(Voices(("S1", "own"))));

    [Test]
    public void A_woman_is_given_a_womans_voice_of_fitting_pitch() =>
        Assert.That(Cast(Woman("S1", 210)), Is.EqualTo(Voices(("S1", "high_f"))));

    [Test]
    public void Two_speakers_have_two_voices_and_who_speaks_lower_has_the_lower_one()
    {
        Assert.That(
            Cast(Man("S1", 118), Woman("S2", 200), Man("S3", 116)), Is.EqualTo(Voices(("S1", "high"), ("S2", "high_f"), ("S3", "own"))));
    }

    [Test]
    public void Voices_are_shared_only_when_there_are_too_few()
    {
        var cast = Cast(Woman("S1", 170), Woman("S2", 200), Woman("S3", 230));

        Assert.That(cast, Is.EqualTo(Voices(("S1", "low_f"), ("S2", "high_f"), ("S3", "high_f"))));
    }

    [Test]
    public void The_most_exact_choice_counts()
    {
        var choices = new Dictionary<string, string> { ["*"] = "any", ["male"] = "man", ["S3"] = "third" };

        Assert.That(
            VoiceCasting.Cast([Man("S1", 100), Woman("S2", 200), Man("S3", 90), new Speaker("S4", null, null, 1)], Offered, choices),
            Is.EqualTo(Voices(("S1", "man"), ("S2", "any"), ("S3", "third"), ("S4", "any"))));
    }

    [Test]
    public void A_voice_that_was_chosen_for_one_is_not_given_to_another()
    {
        var cast = VoiceCasting.Cast([Man("S1", 101), Man("S2", 103)], Offered, new Dictionary<string, string> { ["S1"] = "own" });

        Assert.That(cast, Is.EqualTo(Voices(("S1", "own"), ("S2", "deep"))).Or.EqualTo(Voices(("S1", "own"), ("S2", "high"))));
    }

    [Test]
    public void Voices_whose_pitch_nobody_measured_are_given_by_their_gender_in_turn()
    {
        OfferedVoice[] offered = [new("F1", null, Gender.Female), new("F2", null, Gender.Female), new("M1", null, Gender.Male)];
        var choices = new Dictionary<string, string> { ["S4"] = "F1" };

        Assert.That(
            VoiceCasting.Cast([Man("S1", 100)], offered, null), Is.EqualTo(Voices(("S1", "M1"))), "a man has no woman's voice");
        Assert.That(
            VoiceCasting.Cast([Woman("S1", 200), Man("S2", 100), Woman("S3", 190), Man("S5", 90)], offered, null),
            Is.EqualTo(Voices(("S1", "F1"), ("S2", "M1"), ("S3", "F2"), ("S5", "M1"))));
        Assert.That(
            VoiceCasting.Cast([Woman("S1", 200), Woman("S4", 210)], offered, choices), Is.EqualTo(Voices(("S1", "F2"), ("S4", "F1"))));
        Assert.That(VoiceCasting.Cast([Woman("S1", 200)], [offered[2]], null)["S1"], Is.Null);
    }

    [Test]
    public void Where_nothing_is_known_of_voices_or_of_pitch_the_engine_decides()
    {
        Assert.That(VoiceCasting.Cast([Man("S1", 100)], [], null)["S1"], Is.Null);
        Assert.That(VoiceCasting.Cast([Man("S1", 100)], [new OfferedVoice("odd", null, null)], null)["S1"], Is.Null);
        Assert.That(VoiceCasting.Cast([new Speaker("S1", null, null, 3)], Offered, null)["S1"], Is.Null);
    }

    [Test]
    public void Without_a_womans_voice_a_woman_is_given_another() =>
        Assert.That(VoiceCasting.Cast([Woman("S1", 200)], Offered[..3], null), Is.EqualTo(Voices(("S1", "high"))));

    [Test]
    public void No_matching_that_keeps_the_order_is_nearer()
    {
        var random = new Random(9);
        for (var round = 0; round < 200; round++)
        {
            Speaker[] anyone = [.. Enumerable.Range(1, 3).Select(i => Man($"S{i}", 80 + (60 * random.NextDouble()), random.Next(1, 9)))];
            OfferedVoice[] voices = [
                .. Enumerable.Range(0, 5).Select(i => new OfferedVoice($"v{i}", 75 + (70 * random.NextDouble()), Gender.Male))];
            var cast = VoiceCasting.Cast(anyone, voices, null);

            var men = anyone.OrderBy(m => m.PitchHz).ToList();
            double Cost(IEnumerable<OfferedVoice> chosen) => men.Zip(chosen, (m, v) =>
                m.Segments * (Math.Abs(12 * Math.Log2(v.PitchHz!.Value / m.PitchHz!.Value)) + (v == voices[0] ? 0 : 3))).Sum();
            var best = (from a in voices
                        from b in voices
                        from c in voices
                        where a.PitchHz < b.PitchHz
                && b.PitchHz < c.PitchHz
                        select Cost([a, b, c])).Min();
            Assert.That(Cost(men.Select(m => voices.Single(v => v.Name == cast[m.Id]))), Is.EqualTo(best).Within(1e-9), $"round {round}");
        }
    }

    [TestCase("S1", "es+f2", true)]
    [TestCase("S999", "x", true)]
    [TestCase("female", "Ana (es)", true)]
    [TestCase("*", "x", true)]
    [TestCase("S0", "x", false)]
    [TestCase("S01", "x", false)]
    [TestCase("S1\n", "x", false)]
    [TestCase("s1", "x", false)]
    [TestCase("woman", "x", false)]
    [TestCase("S1", "", false)]
    [TestCase("S1", "a\nb", false)]
    public void Choices_are_by_speaker_gender_or_for_all(string who, string voice, bool valid) =>
        Assert.That(VoiceChoices.AreValid(new Dictionary<string, string> { [who] = voice }), Is.EqualTo(valid));

    [Test]
    public void Choices_are_not_none_nor_too_many_nor_too_long()
    {
        Assert.That(VoiceChoices.AreValid(new Dictionary<string, string>()), Is.False);
        Assert.That(VoiceChoices.AreValid(Enumerable.Range(1, 33).ToDictionary(i => $"S{i}", _ => "x")), Is.False);
        Assert.That(VoiceChoices.AreValid(new Dictionary<string, string> { ["S1"] = new('x', 101) }), Is.False);
    }

    [Test]
    public void Choices_for_nobody_are_told() => Assert.That(
        VoiceChoices.Unused(
            [Man("S1", 100)], new Dictionary<string, string> { ["S2"] = "a", ["female"] = "b", ["male"] = "c", ["*"] = "d" }),
        Is.EqualTo(new[] { "S2", "female" }));

    private static IReadOnlyDictionary<string, string?> Cast(params Speaker[] speakers) => VoiceCasting.Cast(speakers, Offered, null);

    private static Speaker Man(string id, double pitch, int segments = 4) => new(id, pitch, Gender.Male, segments);

    private static Speaker Woman(string id, double pitch) => new(id, pitch, Gender.Female, 4);

    private static Dictionary<string, string?> Voices(params (string Speaker, string Voice)[] voices) =>
        voices.ToDictionary(v => v.Speaker, v => (string?)v.Voice);
}
