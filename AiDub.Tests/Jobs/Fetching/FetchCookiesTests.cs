using AiDub.Domain.Sources;
using AiDub.Jobs.Fetching;

namespace AiDub.Tests.Jobs.Fetching;

public sealed class FetchCookiesTests
{
    [TestCase("http://h/", "a=1", "http://h/x", true)]
    [TestCase("http://h/", "a=1", "http://H/x", true)]
    [TestCase("http://h/", "a=1", "https://h/x", true)]
    [TestCase("https://h/", "a=1; Secure", "https://h/x", true)]
    [TestCase("https://h/", "a=1", "http://h/x", false)]
    [TestCase("https://h/", "a=1; secure", "http://h/x", false)]
    [TestCase("http://h/", "a=1; Secure", "https://h/x", false)]
    [TestCase("http://h/", "__Host-a=1; Path=/", "http://h/", false)]
    [TestCase("http://h/", "a=1", "http://h:81/x", false)]
    [TestCase("http://h/", "a=1", "http://sub.h/x", false)]
    [TestCase("http://a.co.uk/", "a=1; Domain=co.uk", "http://b.co.uk/", false)]
    [TestCase("http://www.h.example/", "a=1; Domain=.h.example", "http://h.example/", false)]
    [TestCase("http://h/x/y", "a=1", "http://h/x/z", true)]
    [TestCase("http://h/x/y", "a=1", "http://h/", false)]
    [TestCase("http://h/x/y", "a=1; Path=/", "http://h/", true)]
    [TestCase("http://h/", "a=1; Path=/x", "http://h/x", true)]
    [TestCase("http://h/", "a=1; Path=/x", "http://h/xy", false)]
    [TestCase("http://h/", "a=1; Max-Age=0", "http://h/", false)]
    [TestCase("http://h/", "a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT", "http://h/", false)]
    [TestCase("http://h/", "a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Max-Age=9", "http://h/", true)]
    [TestCase("http://h/", "nonsense", "http://h/", false)]
    [TestCase("http://h/", "=1", "http://h/", false)]
    public void A_cookie_goes_back_where_it_came_from_and_nowhere_else(string from, string header, string to, bool isSent)
    {
        var cookies = new FetchCookies(TimeProvider.System);

        cookies.Keep(Address(from), [header]);

        Assert.That(cookies.For(Address(to)), Is.EqualTo(isSent ? header.Split(';')[0] : null));
    }

    [Test]
    public void A_later_cookie_takes_the_place_of_an_earlier_one_and_may_remove_it()
    {
        var cookies = new FetchCookies(TimeProvider.System);

        cookies.Keep(Address("http://h/"), ["a=1", "b=2", "a=3", "b=; Max-Age=0"]);

        Assert.That(cookies.For(Address("http://h/")), Is.EqualTo("a=3"));
    }

    [Test]
    public void A_server_sets_fifty_cookies_at_most()
    {
        var cookies = new FetchCookies(TimeProvider.System);

        cookies.Keep(Address("http://h/"), Enumerable.Range(0, 1000).Select(i => $"a{i}=1"));

        Assert.That(cookies.For(Address("http://h/"))!.Split("; "), Has.Length.EqualTo(50));
    }

    private static SourceUrl Address(string text) =>
        SourceUrl.TryParse(text, out var address) ? address! : throw new ArgumentException(text);
}
