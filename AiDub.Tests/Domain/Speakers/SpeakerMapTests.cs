using AiDub.Domain.Speakers;

namespace AiDub.Tests.Domain.Speakers;

public sealed class SpeakerMapTests
{
    [TestCase("A,,B,", ",,,", "1,1,2,2", TestName = "who has no voice goes on as the one before")]
    [TestCase(",,,", ",x,x,x", "1,2,1,2", TestName = "two who take turns")]
    [TestCase(",,,", ",x,,x", "1,2,2,1", TestName = "another goes on until the next turn")]
    [TestCase("A,,A,", ",x,,x", "1,2,1,2", TestName = "another than who is named")]
    [TestCase("A,B,,", ",,x,", "1,2,1,1", TestName = "of two who are named it is the other")]
    public void Labels_and_turns_tell_speakers_where_there_is_no_voice(string known, string others, string speakers)
    {
        var names = known.Split(',').Select(n => n.Length > 0 ? n : null).ToArray();

        var map = SpeakerMap.Of(new VoicePrint?[names.Length], names, [.. others.Split(',').Select(o => o == "x")]);

        Assert.That(map.Segments, Is.EqualTo(speakers.Split(',').Select(s => $"S{s}")));
    }

    [Test]
    public void Speakers_of_whom_nothing_can_be_measured_are_given_different_voices()
    {
        OfferedVoice[] offered =
        [
            new("own", 102, Gender.Male), new("m1", 94, Gender.Male), new("f1", 180, Gender.Female),
            new("f2", 200, Gender.Female),
        ];
        var speakers = Enumerable.Range(1, 5).Select(i => new Speaker($"S{i}", null, null, 1)).ToArray();

        var cast = VoiceCasting.Cast(speakers, offered, null);

        Assert.That(speakers.Select(s => cast[s.Id]), Is.EqualTo(new[] { "own", "f1", "m1", "f2", "own" }));
    }
}
