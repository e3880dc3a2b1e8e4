using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AiDub.Api.Http;
using AiDub.Api.Progress;
using AiDub.Domain.Dubbing;
using AiDub.Tests.Api.Fakes;
using Microsoft.AspNetCore.Http;

namespace AiDub.Tests.Api.Progress;

/// <summary>A poll in the form that front ends send is answered sooner, and as one of any other form is.</summary>
public sealed class RunningPollTests
{
    private ApiHost _api = null!;
    private DubProgress _dub = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset()
    {
        _api.Reset();
        _dub = SampleDubs.At(DubStage.Speaking, 66);
        _api.Progress.Put(_dub);
    }

    [TestCase("""{"user_id":51,"request_id":"ID","more":[{"user_id":7}]}""")]
    [TestCase("""{"request_id":"ID","user_id":"51"}""")]
    [TestCase("""{"user_id":51.0,"request_id":"ID"}""")]
    [TestCase("""{"user\u005fid":51,"request_id":"ID"}""")]
    [TestCase(" \r\n{ \"user_id\" : 51 , \"request_id\" : \"ID\" }\n")]
    [TestCase("\uFEFF{\"user_id\":51,\"request_id\":\"ID\"}")]
    public async Task Every_form_of_a_poll_gets_the_same_answer(string body)
    {
        using var plain = await SendAsync("""{"user_id":51,"request_id":"ID"}""");
        using var other = await SendAsync(body);

        Assert.That((plain.StatusCode, other.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(await other.Content.ReadAsStringAsync(), Is.EqualTo(await plain.Content.ReadAsStringAsync()));
        Assert.That(HeadersOf(other), Is.EqualTo(HeadersOf(plain)));
    }

    [Test]
    public async Task A_poll_that_arrives_in_pieces_gets_the_same_answer()
    {
        using var plain = await SendAsync("""{"user_id":51,"request_id":"ID"}""");
        using var pieces = await SendAsync(
            """{"user_id":51,"request_id":"ID"}""", request => request.Headers.TransferEncodingChunked = true);

        Assert.That(await pieces.Content.ReadAsStringAsync(), Is.EqualTo(await plain.Content.ReadAsStringAsync()));
        Assert.That(HeadersOf(pieces), Is.EqualTo(HeadersOf(plain)));
    }

    [TestCase("""{"user_id":51,"user_id":51,"request_id":"ID"}""")]
    [TestCase("""{"user_id":51,"request_id":"ID","request_id":"ID"}""")]
    [TestCase("""{"user_id":null,"user_id":51,"request_id":"ID"}""")]
    [TestCase("""{"user_id":7.0,"user_id":51,"request_id":"ID"}""")]
    [TestCase("""{"user_id":"x","user_id":51,"request_id":"ID"}""")]
    [TestCase("""{"user_id":51,"request_id":null,"request_id":"ID"}""")]
    [TestCase("""{"user_id":51,"request_id":"x","request_id":"ID"}""")]
    [TestCase("""{"user_id":"\ud800","request_id":"ID"}""")]
    [TestCase("""{"user_id\ud800":1,"user_id":51,"request_id":"ID"}""")]
    [TestCase("""{"user_id":51,"request_id":"0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e9\ud800"}""")]
    [TestCase("""{"user_id":51,"request_id":"ID"} {}""")]
    [TestCase("""{"user_id":51,"request_id":"ID",}""")]
    [TestCase("""[{"user_id":51,"request_id":"ID"}]""")]
    public async Task What_is_no_poll_is_refused(string body)
    {
        using var answer = await SendAsync(body);

        await answer.ReadErrorAsync(400, "body_invalid");
    }

    [TestCase("application/xml", null, null, 415)]
    [TestCase("application/json", "gzip", null, 415)]
    [TestCase("application/json", null, "text/html", 406)]
    public async Task What_is_said_of_a_body_and_of_its_answer_is_heeded(string type, string? encoding, string? accept, int status)
    {
        using var answer = await SendAsync("""{"user_id":51,"request_id":"ID"}""", request =>
        {
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue(type);
            if (encoding is not null)
                request.Content.Headers.ContentEncoding.Add(encoding);
            if (accept is not null)
                request.Headers.Accept.ParseAdd(accept);
        });

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase("""{"user_id":51,"request_id":"ID"}""", true)]
    [TestCase("""{"request_id":"ID","user_id":"51"}""", true)]
    [TestCase("""{"user_id":51,"request_id":"ID","more":1}""", false)]
    [TestCase("""{"user_id":51.0,"request_id":"ID"}""", false)]
    public async Task A_poll_of_the_form_that_front_ends_send_is_known_and_its_body_stays_there(string body, bool isPlain)
    {
        var bytes = Encoding.UTF8.GetBytes(body.Replace("ID", $"{_dub.RequestId}"));
        var request = new DefaultHttpContext().Request;
        (request.ContentType, request.ContentLength, request.Body) = ("application/json", bytes.Length, new MemoryStream(bytes));

        var poll = await PlainPoll.ReadAsync(request);

        Assert.That(poll, Is.EqualTo(isPlain ? new PlainPoll(51, _dub.RequestId) : default(PlainPoll?)));
        Assert.That((await request.BodyReader.ReadAtLeastAsync(bytes.Length)).Buffer.ToArray(), Is.EqualTo(bytes));
    }

    private async Task<HttpResponseMessage> SendAsync(string body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ai_dub/progress")
        {
            Content = ApiHost.Json(Encoding.UTF8.GetBytes(body.Replace("ID", $"{_dub.RequestId}"))),
        };
        change?.Invoke(request);
        return await _api.Client.SendAsync(request);
    }

    // When it was sent, and by which id, is its own.
    private static string[] HeadersOf(HttpResponseMessage answer) =>
    [
        .. answer.Headers.Concat(answer.Content.Headers)
            .Where(header => !header.Key.Equals(RequestIds.Header, StringComparison.OrdinalIgnoreCase) && header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(),
    ];
}
