using AiDub.Domain.Sources;

namespace AiDub.Tests.Domain.Sources;

public sealed class S3UrlTests
{
    [TestCase("s3://clips/talk.mp4", "clips", "talk.mp4")]
    [TestCase("S3://my.clips-2/a/b c/ü+%20&?x=1#t", "my.clips-2", "a/b c/ü+%20&?x=1#t")]
    [TestCase("s3://clips//a//b", "clips", "/a//b")]
    [TestCase("s3://clips/folder/", "clips", "folder/")]
    [TestCase("s3://clips/a..b/...", "clips", "a..b/...")]
    public void A_key_is_taken_as_it_was_written(string text, string bucket, string key)
    {
        Assert.That(S3Url.TryParse(text, out var address), Is.True);
        Assert.That(address, Is.EqualTo(new S3Url(bucket, key)));
    }

    [TestCase(null)]
    [TestCase("s3:")]
    [TestCase("s3://")]
    [TestCase("s3://clips")]
    [TestCase("s3://clips/")]
    [TestCase("s3:///talk.mp4")]
    [TestCase("s3://Clips/talk.mp4")]
    [TestCase("s3://cl/talk.mp4")]
    [TestCase("s3://-clips/talk.mp4")]
    [TestCase("s3://cl..ips/talk.mp4")]
    [TestCase("s3://key:secret@clips/talk.mp4")]
    [TestCase("s3://clips/../other/talk.mp4")]
    [TestCase("s3://clips/./talk.mp4")]
    [TestCase("s3://clips/a\nb")]
    [TestCase("s3://clips/\ud800")]
    [TestCase("https://clips/talk.mp4")]
    public void What_is_no_address_in_a_bucket_is_refused(string? text) => Assert.That(S3Url.TryParse(text, out _), Is.False);

    [Test]
    public void A_key_may_be_1024_bytes_long_and_no_longer()
    {
        Assert.That(S3Url.TryParse("s3://clips/" + new string('ü', 512), out _), Is.True);
        Assert.That(S3Url.TryParse("s3://clips/" + new string('ü', 512) + "a", out _), Is.False);
    }
}
