using AiDub.Domain.Sources;

namespace AiDub.Tests.Domain.Sources;

public sealed class SourceNameTests
{
    private const string Random = "https://h/files/uploads/2026-11-26/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90";

    [TestCase("https://example.com/videos/talk.mp4", ExpectedResult = "talk")]
    [TestCase("https://bucket.s3.amazonaws.com/My+Video%20one.mp4?X-Amz-Signature=1", ExpectedResult = "My+Video one")]
    [TestCase("https://example.com/%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82.webm#t=5", ExpectedResult = "привет")]
    [TestCase("s3://bucket/a/b/talk.final.mov", ExpectedResult = "talk.final")]
    [TestCase("  <www.example.com/talk>  ", ExpectedResult = "talk")]
    [TestCase(Random + "?filename=my%20talk.mp4&expires=1&name=other.mp4", ExpectedResult = "my talk")]
    [TestCase(Random + "?expires=1&name=my%20talk.mp4", ExpectedResult = "my talk")]
    [TestCase(
        Random + "?response-content-disposition=inline%3B%20filename%3D%22_.mp4%22%3B%20filename%2A%3DUTF-8%27%27%25C3%25BC.mp4",
        ExpectedResult = "ü")]
    [TestCase("https://example.com/a%2F..%2F..%2Fetc%2Fpasswd", ExpectedResult = "a_.._.._etc_passwd")]
    [TestCase("https://example.com/%0D%0Aevil%22%3A%3Cname%3E.mp4", ExpectedResult = "evil___name")]
    [TestCase("https://example.com/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90.mp4", ExpectedResult = null)]
    [TestCase("https://example.com/", ExpectedResult = null)]
    [TestCase("https://example.com", ExpectedResult = null)]
    [TestCase("https://example.com/%E2%80%AE.mp4", ExpectedResult = null)]
    public string? A_source_is_called_as_its_address_says(string address) => SourceName.Of(address);

    [Test]
    public void A_long_name_is_cut_between_letters()
    {
        var name = SourceName.Of("https://example.com/" + new string('a', SourceName.MaxLength - 1) + "🎬🎬.mp4");

        Assert.That(name, Is.EqualTo(new string('a', SourceName.MaxLength - 1)));
    }

    [TestCase("talk.mp4", ExpectedResult = "talk.mp4")]
    [TestCase(@"C:\Users\me\talk.mp4", ExpectedResult = "talk.mp4")]
    [TestCase(@"my \""best\"" talk.mp4", ExpectedResult = "my _best_ talk.mp4")]
    [TestCase("../../talk.es.srt", ExpectedResult = "talk.es.srt")]
    [TestCase("..", ExpectedResult = null)]
    public string? A_file_keeps_its_name_without_its_folder(string sent) => SourceName.FileOf(sent);
}
