using AiDub.Domain.Dubbing;

namespace AiDub.Tests.Domain.Dubbing;

public sealed class DubCursorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Test]
    public void A_cursor_is_read_as_it_was_written_in_characters_that_may_stand_in_an_address()
    {
        foreach (var cursor in new[] { new DubCursor(Now, Guid.NewGuid()), new DubCursor(DateTimeOffset.UnixEpoch, Guid.Empty), default })
        {
            Assert.That(cursor.ToString(), Does.Match("^[A-Za-z0-9_-]{32}$"));
            Assert.That(DubCursor.TryParse(cursor.ToString(), out var read), Is.True);
            Assert.That(read, Is.EqualTo(cursor));
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("x")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    [TestCase("f_______________________________")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Other_text_is_no_cursor(string? text) => Assert.That(DubCursor.TryParse(text, out _), Is.False);

    [Test]
    public void Newer_dubs_come_first_and_those_of_one_millisecond_in_an_order_of_their_own()
    {
        var low = Guid.Parse("00000000-0000-4000-8000-000000000001");
        var high = Guid.Parse("ffffffff-0000-4000-8000-000000000000");

        DubCursor[] ordered = [new(Now.AddSeconds(1), low), new(Now, high), new(Now, low), new(Now.AddSeconds(-1), high)];

        Assert.That(ordered.Reverse().Order(), Is.EqualTo(ordered));
    }
}
