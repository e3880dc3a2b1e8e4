using AiDub.Domain.Sources;

namespace AiDub.Tests.Domain.Sources;

public sealed class SourceUrlTests
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
        Assert.That(SourceUrl.TryParse(text, out var address), Is.True);
        Assert.That(address!.Uri.PathAndQuery, Is.EqualTo(asked));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("video.mp4")]
    [TestCase("/etc/passwd")]
    [TestCase("ftp://h/a")]
    [TestCase("file:///etc/passwd")]
    [TestCase("javascript:alert(1)")]
    [TestCase("//example.com/x")]
    [TestCase("http://")]
    [TestCase("http:///a")]
    [TestCase("http://user:pass@h/a")]
    [TestCase("http://user@h/a")]
    [TestCase("http://h\\@evil/a")]
    [TestCase("http://h/a\r\nHost: b")]
    [TestCase("http://h/\ud800")]
    [TestCase("http://h:0/")]
    [TestCase("http://h:99999/")]
    [TestCase("http://a b/")]
    public void What_is_no_address_of_a_source_is_refused(string? text)
    {
        Assert.That(SourceUrl.TryParse(text, out _), Is.False);
    }

    [TestCase(" http://h/a+b%2B ")]
    [TestCase("\n\thttp://h/a+b%2B\r\n")]
    [TestCase("<http://h/a+b%2B>")]
    [TestCase("\"http://h/a+b%2B\"")]
    [TestCase("'http://h/a+b%2B'")]
    [TestCase("“http://h/a+b%2B”")]
    [TestCase("\u200b\ufeffhttp://h/a+b%2B\u00a0\u200e")]
    [TestCase(" \"<http://h/a+b%2B> \"")]
    public void What_was_copied_along_around_an_address_is_not_asked_for(string text)
    {
        Assert.That(SourceUrl.TryParse(text, out var address), Is.True);
        Assert.That(address!.Uri.OriginalString, Is.EqualTo("http://h/a+b%2B"));
    }

    [TestCase("www.example.com/x", "https://www.example.com/x")]
    [TestCase("WWW.Example.com", "https://WWW.Example.com/")]
    public void A_scheme_that_can_only_be_https_may_be_left_out(string text, string expected)
    {
        Assert.That(SourceUrl.TryParse(text, out var address), Is.True);
        Assert.That(address!.Uri.OriginalString, Is.EqualTo(expected));
    }

    [TestCase("http://h/a\"")]
    [TestCase("http://h/it's")]
    [TestCase("http://h/(a)")]
    public void What_may_be_of_the_address_stays(string text)
    {
        Assert.That(SourceUrl.TryParse(text, out var address), Is.True);
        Assert.That(address!.Text, Is.EqualTo(text));
    }

    [Test]
    public void An_address_may_be_4096_characters_long_and_no_longer()
    {
        var longest = "http://h/".PadRight(4096, 'a');

        Assert.That(SourceUrl.TryParse(longest, out _), Is.True);
        Assert.That(SourceUrl.TryParse(longest + "a", out _), Is.False);
    }

    [TestCase("http://Example.com/a", "example.com:80")]
    [TestCase("https://example.com/a", "example.com:443")]
    [TestCase("http://127.0.0.1:8080?x", "127.0.0.1:8080")]
    [TestCase("http://[::1]/", "[::1]:80")]
    public void Host_and_port_are_as_written(string text, string expected)
    {
        SourceUrl.TryParse(text, out var address);

        Assert.That(address!.HostAndPort, Is.EqualTo(expected));
    }

    [TestCase("/b%2Bc", "http://h:81/b%2Bc")]
    [TestCase("//other/b", "http://other/b")]
    [TestCase("https://other/b+c?d#e", "https://other/b+c?d")]
    [TestCase("?d", "http://h:81/x/a?d")]
    [TestCase("b", "http://h:81/x/b")]
    [TestCase("b%2Bc%7E+d", "http://h:81/x/b%2Bc%7E+d")]
    [TestCase("../b/./c/..", "http://h:81/b/")]
    [TestCase("../../../b", "http://h:81/b")]
    [TestCase("login?next=https://other/c", "http://h:81/x/login?next=https://other/c")]
    [TestCase(" /b \t", "http://h:81/b")]
    [TestCase("", "http://h:81/x/a?q")]
    [TestCase("#top", "http://h:81/x/a?q")]
    [TestCase("/\u00c3\u00a9", "http://h:81/%C3%A9")]
    [TestCase("/\u00e9", "http://h:81/%E9")]
    [TestCase("HTTPS://other/b", "https://other/b")]
    public void A_redirect_leads_where_it_says(string location, string expected)
    {
        SourceUrl.TryParse("http://h:81/x/a?q", out var address);

        Assert.That(address!.TryRedirect(location, out var target), Is.True);
        Assert.That(target!.Uri.OriginalString, Is.EqualTo(expected));
    }

    [TestCase("file:///etc/passwd")]
    [TestCase("gopher://h/")]
    [TestCase("http://u@h/")]
    [TestCase("\\\\other\\b")]
    [TestCase("mailto:a@b")]
    public void A_redirect_out_of_the_web_is_refused(string location)
    {
        SourceUrl.TryParse("http://h/a", out var address);

        Assert.That(address!.TryRedirect(location, out _), Is.False);
    }
}
