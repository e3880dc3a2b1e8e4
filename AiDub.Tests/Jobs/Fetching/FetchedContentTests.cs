using System.Text;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;

namespace AiDub.Tests.Jobs.Fetching;

public sealed class FetchedContentTests
{
    [TestCase("<!DOCTYPE html><html><body>Please log in</body></html>", "source_is_web_page")]
    [TestCase("\n  <!-- made by hand --><HTML lang=en>", "source_is_web_page")]
    [TestCase("\ufeff<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">", "source_is_web_page")]
    [TestCase("<script>location.href='/login'</script>", "source_is_web_page")]
    [TestCase("<title>Not found</title>", "source_is_web_page")]
    [TestCase("{\"error\": \"no such video\"}", "source_is_not_media")]
    [TestCase("[]", "source_is_not_media")]
    [TestCase("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "source_is_not_media")]
    [TestCase("<svg xmlns=\"http://www.w3.org/2000/svg\">", "source_is_not_media")]
    [TestCase("#EXTM3U\n#EXT-X-VERSION:3\n", "source_is_playlist")]
    [TestCase("<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"></MPD>", "source_is_playlist")]
    [TestCase("[playlist]\nFile1=http://h/a.mp3\n", "source_is_playlist")]
    [TestCase("<ASX version=\"3.0\">", "source_is_playlist")]
    [TestCase("ffconcat version 1.0\nfile a.ts\n", "source_is_playlist")]
    [TestCase("d8:announce35:udp://tracker", "source_is_not_media")]
    [TestCase("%PDF-1.7\n%\u00e2\u00e3", "source_is_not_media")]
    [TestCase("PK\u0003\u0004\u0014\0", "source_is_archive")]
    [TestCase("Rar!\u001a\u0007\u0001", "source_is_archive")]
    [TestCase("\u001f\u008b\u0008\0", "source_is_archive")]
    public void What_is_plainly_no_video_is_named(string head, string code)
    {
        foreach (var type in new[] { "video/mp4", "application/octet-stream", null })
            Assert.That(FetchedContent.Refusal(Bytes(head), FetchedKind.Video, type)?.Code.Value, Is.EqualTo(code));
    }

    [TestCase("CD001")]
    [TestCase("BEA01")]
    public void An_image_of_a_disc_is_an_archive(string name)
    {
        byte[] image = [.. new byte[32768], 1, .. Bytes(name), 1, .. new byte[2000]];

        Assert.That(FetchedContent.Refusal(image, FetchedKind.Video, null)?.Code.Value, Is.EqualTo("source_is_archive"));
    }

    [TestCase("\0\0\0\u0018ftypmp42")]
    [TestCase("\u001aE\u00df\u00a3")]
    [TestCase("RIFF\u0024\0\0\0AVI ")]
    [TestCase("FLV\u0001\u0005")]
    [TestCase("OggS\0")]
    [TestCase("ID3\u0003\0")]
    [TestCase("G@\0\u0010")]
    [TestCase("#!AMR\n\u0004")]
    [TestCase("")]
    public void A_type_that_a_server_states_refuses_no_video(string head)
    {
        foreach (
            var type in new[] { "text/html", "application/json", "text/plain", "application/vnd.apple.mpegurl", "application/zip", null })
            Assert.That(FetchedContent.Refusal(Bytes(head), FetchedKind.Video, type), Is.Null);
    }

    [Test]
    public void A_text_that_is_said_to_be_a_page_is_one()
    {
        Assert.That(
            FetchedContent.Refusal("Please log in."u8, FetchedKind.Video, "text/html")?.Code.Value, Is.EqualTo("source_is_web_page"));
        Assert.That(FetchedContent.Refusal("Please log in."u8, FetchedKind.Video, "text/plain"), Is.Null);
    }

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    public void A_page_is_told_in_any_of_its_encodings(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] page = [.. encoding.GetPreamble(), .. encoding.GetBytes("<!doctype html>")];

        Assert.That(FetchedContent.Refusal(page, FetchedKind.Video, null)?.Code.Value, Is.EqualTo("source_is_web_page"));
    }

    [TestCase("<!DOCTYPE html>", "source_is_web_page")]
    [TestCase("PK\u0003\u0004", "source_is_archive")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,000\n<i>Hola</i>\n", null)]
    [TestCase("WEBVTT\n", null)]
    [TestCase("<?xml version=\"1.0\"?><tt xmlns=\"http://www.w3.org/ns/ttml\">", null)]
    [TestCase("[Script Info]\nTitle: x", null)]
    public void Of_a_text_only_pages_and_archives_are_refused(string head, string? code)
    {
        Assert.That(FetchedContent.Refusal(Bytes(head), FetchedKind.Text, "text/html")?.Code.Value, Is.EqualTo(code));
    }

    private static byte[] Bytes(string text) => text.StartsWith('\ufeff') ? Encoding.UTF8.GetBytes(text) : Encoding.Latin1.GetBytes(text);
}
