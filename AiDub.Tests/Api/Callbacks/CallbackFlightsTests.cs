using AiDub.Api.Callbacks;
using AiDub.Domain.Callbacks;

namespace AiDub.Tests.Api.Callbacks;

public sealed class CallbackFlightsTests
{
    [Test]
    public async Task Who_has_as_many_on_their_way_as_may_be_is_busy_until_one_has_ended()
    {
        var flights = new CallbackFlights(new CallbackOptions { Concurrency = 5, ConcurrencyPerUser = 3, ConcurrencyPerReceiver = 2 });
        TaskCompletionSource[] sending = [.. Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource())];
        foreach (var (i, receiver) in new[] { "a", "a", "b", "c" }.Index())
            flights.Begin(Delivery(user: 1, receiver), sending[i].Task);

        Assert.That((flights.HasRoom, flights.Busy.Users, flights.Busy.Receivers), Is.EqualTo((true, new[] { 1L }, new[] { "a" })));
        flights.Begin(Delivery(null, null), sending[4].Task);
        Assert.That(flights.HasRoom, Is.False);

        sending[0].SetResult();
        sending[1].SetException(new IOException("cable"));
        var failed = await flights.EndedAsync(TimeSpan.FromMinutes(1), TimeProvider.System, default);

        Assert.That(failed.Single().Message, Is.EqualTo("cable"));
        Assert.That(
            (flights.HasRoom, flights.Busy.Users, flights.Busy.Receivers), Is.EqualTo((true, Array.Empty<long>(), Array.Empty<string>())));
    }

    private static CallbackDelivery Delivery(long? user, string? receiver) =>
        CallbackDelivery.Prepare(Guid.NewGuid(), 1, DateTimeOffset.UnixEpoch) with { UserId = user, Receiver = receiver };
}
