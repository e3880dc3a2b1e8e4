using AiDub.Domain.Dubbing;

namespace AiDub.Tests.Domain.Dubbing;

public sealed class SourceAddressTests
{
    [TestCase("https://b.s3.amazonaws.com/My+Video.mp4", "/My+Video.mp4")]
    [TestCase("https://h/a%2Bb%7E%41%2e%2e/./../c.mp4?x=%20+%2F&y#part", "/a%2Bb%7E%41%2e%2e/./../c.mp4?x=%20+%2F&y")]
    [TestCase("https://h/a//b/;p=1", "/a//b/;p=1")]
    [TestCase("http://h/vidéo 1.mp4", "/vid%C3%A9o%201.mp4")]
    [TestCase("http://h/🎬", "/%F0%9F%8E%AC")]
    [TestCase("http://h", "/")]
    [TestCase("http://h?a=b", "/?a=b")]
    [TestCase("HTTPS://h/{a}|b^", "/{a}|b^")]
    public void What_is_asked_of_the_server_is_what_was_written(string text, string asked)
    {
        Assert.That(SourceAddress.TryParse(text, out var address), Is.True);
        Assert.That(address!.Uri.PathAndQuery, Is.EqualTo(asked));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("video.mp4")]
    [TestCase("/etc/passwd")]
    [TestCase("ftp://h/a")]
    [TestCase("file:///etc/passwd")]
    [TestCase("javascript:alert(1)")]
    [TestCase("http://")]
    [TestCase("http:///a")]
    [TestCase("http://user:pass@h/a")]
    [TestCase("http://user@h/a")]
    [TestCase("http://h\\@evil/a")]
    [TestCase("http://h/a\r\nHost: b")]
    [TestCase("http://h/\ud800")]
    [TestCase("http://h:0/")]
    [TestCase("http://h:99999/")]
    [TestCase(" http://h/")]
    [TestCase("http://a b/")]
    public void What_is_no_address_of_a_source_is_refused(string? text)
    {
        Assert.That(SourceAddress.TryParse(text, out _), Is.False);
    }

    [Test]
    public void An_address_may_be_2048_characters_long_and_no_longer()
    {
        var longest = "http://h/".PadRight(2048, 'a');

        Assert.That(SourceAddress.TryParse(longest, out _), Is.True);
        Assert.That(SourceAddress.TryParse(longest + "a", out _), Is.False);
    }

    [TestCase("http://Example.com/a", "example.com:80")]
    [TestCase("https://example.com/a", "example.com:443")]
    [TestCase("http://127.0.0.1:8080?x", "127.0.0.1:8080")]
    [TestCase("http://[::1]/", "[::1]:80")]
    public void Host_and_port_are_as_written(string text, string expected)
    {
        SourceAddress.TryParse(text, out var address);

        Assert.That(address!.HostAndPort, Is.EqualTo(expected));
    }

    [TestCase("/b%2Bc", "http://h:81/b%2Bc")]
    [TestCase("//other/b", "http://other/b")]
    [TestCase("https://other/b+c?d#e", "https://other/b+c?d")]
    [TestCase("?d", "http://h:81/x/a?d")]
    [TestCase("b", "http://h:81/x/b")]
    public void A_redirect_leads_where_it_says(string location, string expected)
    {
        SourceAddress.TryParse("http://h:81/x/a?q", out var address);

        Assert.That(address!.TryRedirect(location, out var target), Is.True);
        Assert.That(target!.Uri.OriginalString, Is.EqualTo(expected));
    }

    [TestCase("file:///etc/passwd")]
    [TestCase("gopher://h/")]
    [TestCase("http://u@h/")]
    public void A_redirect_out_of_the_web_is_refused(string location)
    {
        SourceAddress.TryParse("http://h/a", out var address);

        Assert.That(address!.TryRedirect(location, out _), Is.False);
    }
}
