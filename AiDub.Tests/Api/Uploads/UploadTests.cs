using System.Globalization;
using AiDub.Tests.Api.Auth;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Uploads;

/// <summary>Who may upload, and where that is stored; what of it is read is tested with subtitles.</summary>
public sealed class UploadTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost(builder => builder.UseSetting("Auth:Jwt:SigningKey", Tokens.Key));

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task An_upload_is_stored_under_its_day()
    {
        var before = TimeProvider.System.GetUtcNow();
        var answer = await (await UploadAsync(Tokens.Of(51), "?user_id=51")).ReadAsync(200);

        Assert.That(_api.Objects.Texts.Keys.Single(), Does.Match("^uploads/[0-9]{4}-[0-9]{2}-[0-9]{2}/51/[0-9a-f-]{36}$"));
        Assert.That(answer.Text("source_video_url"), Does.Contain(_api.Objects.Texts.Keys.Single()));
        var day = DateTimeOffset.Parse(_api.Objects.Texts.Keys.Single().Split('/')[1] + "Z", CultureInfo.InvariantCulture);
        Assert.That(day, Is.InRange(new DateTimeOffset(before.UtcDateTime.Date, TimeSpan.Zero), TimeProvider.System.GetUtcNow()));
    }

    [Test]
    public async Task Only_a_user_may_upload_and_in_no_others_name()
    {
        await (await UploadAsync(null)).ReadErrorAsync(401, "token_missing");
        await (await UploadAsync(Tokens.Of(51), "?user_id=52")).ReadErrorAsync(403, "user_forbidden");
        await (await UploadAsync(Tokens.Of(51), "?user_id=me")).ReadErrorAsync(400, "user_id_invalid");

        Assert.That(_api.Objects.Texts, Is.Empty);
    }

    [Test]
    public async Task A_body_that_is_no_form_is_refused_and_told_what_it_should_be()
    {
        var error = await (await _api.Client.SendAsync(Request(Tokens.Of(51), "", ApiHost.Json("{}"))))
            .ReadErrorAsync(415, "unsupported_media_type");

        Assert.That(error.Text("msg"), Does.Contain("multipart/form-data"));
    }

    [Test]
    public async Task A_form_without_a_file_and_an_empty_file_are_told_apart()
    {
        var none = await (await SendAsync(new StringContent("text"), fileName: null)).ReadErrorAsync(400, "upload_missing");
        var empty = await (await SendAsync(new StringContent(""), "a.mp4")).ReadErrorAsync(400, "upload_missing");

        Assert.That((none.Text("msg"), empty.Text("msg")), Is.EqualTo(("the form holds no file", "the file in the form is empty")));
        Assert.That(_api.Objects.Texts, Is.Empty);

        Task<HttpResponseMessage> SendAsync(HttpContent part, string? fileName)
        {
            var form = new MultipartFormDataContent();
            if (fileName is null)
                form.Add(part, "file");
            else
                form.Add(part, "file", fileName);
            return _api.Client.SendAsync(Request(Tokens.Of(51), "", form));
        }
    }

    [Test]
    public async Task A_form_whose_boundary_is_longer_than_any_may_be_is_refused()
    {
        var content = new MultipartFormDataContent(new string('b', 70)) { { new StringContent("video"), "file", "a.mp4" } };
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={new string('b', 5000)}");

        await (await _api.Client.SendAsync(Request(Tokens.Of(51), "", content))).ReadErrorAsync(400, "body_invalid");
    }

    private Task<HttpResponseMessage> UploadAsync(string? token, string query = "") =>
        _api.Client.SendAsync(Request(token, query, new MultipartFormDataContent { { new StringContent("video"), "file", "a.mp4" } }));

    private static HttpRequestMessage Request(string? token, string query, HttpContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/ai_dub/uploads{query}") { Content = body };
        request.Headers.Authorization = token is null ? null : Tokens.Bearer(token);
        return request;
    }
}
