using AiDub.Api.Limits;

namespace AiDub.Tests.Api.Limits;

public sealed class UserSlotsTests
{
    [Test]
    public void A_user_takes_as_many_places_as_there_are_and_others_have_theirs()
    {
        using var slots = new UserSlots(2);
        using var first = slots.TryTake(51);
        using var second = slots.TryTake(51);

        Assert.That((first, second, slots.TryTake(51)), Is.EqualTo((first, second, (IDisposable?)null)));
        Assert.That((first, second), Is.Not.EqualTo(((IDisposable?)null, (IDisposable?)null)));
        using var other = slots.TryTake(52);
        Assert.That((other is not null, slots.TakenBy(51), slots.TakenBy(52)), Is.EqualTo((true, 2, 1)));
    }

    [Test]
    public void A_place_that_is_given_back_is_free_again_once()
    {
        using var slots = new UserSlots(1);
        var place = slots.TryTake(51)!;

        place.Dispose();
        place.Dispose();

        Assert.That(slots.TakenBy(51), Is.Zero);
        using var again = slots.TryTake(51);
        Assert.That((again is not null, slots.TryTake(51)), Is.EqualTo((true, (IDisposable?)null)));
    }
}
