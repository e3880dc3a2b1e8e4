using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Submitting;

public sealed class SubmitTests
{
    private const string Good =
        """{"source_video_url":"https://bucket.s3.amazonaws.com/My+Video%20%2B.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}""";

    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public async Task An_accepted_dub_says_where_it_is_read_and_when_it_is_worth_asking()
    {
        var answer = await _api.PostAsync(
            "/ai_dub", """{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"es"}""");

        var id = (await answer.ReadAsync(200)).Text("request_id");
        Assert.That((answer.Header("Location"), answer.Header("Retry-After")), Is.EqualTo(($"/ai_dub/{id}", "1")));
    }

    [Test]
    public async Task A_good_request_is_accepted_with_a_version_4_id()
    {
        var body = await (await _api.PostAsync("/ai_dub", Good)).ReadAsync(200);

        Assert.That(body.EnumerateObject().Select(p => p.Name), Is.EqualTo(["request_id", "status"]));
        Assert.That(body.Text("status"), Is.EqualTo("progress_initiated"));
        Assert.That(body.Text("request_id"), Does.Match("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    }

    [Test]
    public async Task An_accepted_request_has_one_document_and_one_job_under_its_id()
    {
        var id = Guid.Parse((await (await _api.PostAsync("/ai_dub", Good)).ReadAsync(200)).Text("request_id"));

        Assert.That(_api.Progress.All.Single().RequestId, Is.EqualTo(id));
        Assert.That(_api.Queue.Queued, Is.EqualTo([id]));
        Assert.That(_api.Progress.All.Single().JobId, Is.EqualTo($"job-{id}"));
    }

    [Test]
    public async Task The_order_is_stored_as_it_was_sent()
    {
        await _api.PostAsync("/ai_dub", Good);

        var order = _api.Progress.All.Single().Order;
        Assert.That(order.SourceVideoUrl, Is.EqualTo("https://bucket.s3.amazonaws.com/My+Video%20%2B.mp4"));
        Assert.That(order.UserId, Is.EqualTo(51));
        Assert.That(order.ProjectId, Is.EqualTo("ryan"));
        Assert.That(order.ToLang, Is.EqualTo("es"));
        Assert.That(order.FromLang, Is.Null);
    }

    [TestCase(" https://a.example/v.mp4\\n")]
    [TestCase("<https://a.example/My+Video%20%2B.mp4>")]
    [TestCase("www.example.com/v.mp4")]
    public async Task An_address_with_what_was_copied_along_is_accepted_and_stored_as_it_was_written(string address)
    {
        await (await _api.PostAsync("/ai_dub", Good.Replace("https://bucket.s3.amazonaws.com/My+Video%20%2B.mp4", address))).ReadAsync(200);

        Assert.That(_api.Progress.All.Single().Order.SourceVideoUrl, Is.EqualTo(address.Replace("\\n", "\n")));
    }

    [Test]
    public async Task A_source_in_an_allowed_bucket_is_accepted_as_it_was_written()
    {
        await using var api = new ApiHost(
            host => host.UseSetting("Source:AllowedBuckets:0", "clips").UseSetting("Objects:S3:Region", "eu-west-1"));

        await (await api.PostAsync(
            "/ai_dub", Good.Replace("https://bucket.s3.amazonaws.com/My+Video%20%2B.mp4", "s3://clips/a/My Talk+%20ü.mp4")))
            .ReadAsync(200);

        Assert.That(api.Progress.All.Single().Order.SourceVideoUrl, Is.EqualTo("s3://clips/a/My Talk+%20ü.mp4"));
    }

    [TestCase("\"51\"", 51)]
    [TestCase("\"-7\"", -7)]
    [TestCase("51.0", 51)]
    [TestCase("5.1e1", 51)]
    [TestCase("0", 0)]
    [TestCase("9223372036854775807", long.MaxValue)]
    [TestCase("\"9223372036854775807\"", long.MaxValue)]
    [TestCase("-9223372036854775808", long.MinValue)]
    public async Task A_user_id_is_stored_as_the_whole_number_it_names(string sent, long stored)
    {
        await (await _api.PostAsync("/ai_dub", Good.Replace("51", sent, StringComparison.Ordinal))).ReadAsync(200);

        Assert.That(_api.Progress.All.Single().Order.UserId, Is.EqualTo(stored));
    }

    [TestCase("\"ES\"", "es")]
    [TestCase("\"es-MX\"", "es")]
    [TestCase("\"ca\"", "ca")]
    [TestCase("\"en\"", "en")]
    public async Task A_language_is_stored_as_iso_639_1(string sent, string stored)
    {
        await (await _api.PostAsync("/ai_dub", Good.Replace("\"es\"", sent, StringComparison.Ordinal))).ReadAsync(200);

        Assert.That(_api.Progress.All.Single().Order.ToLang, Is.EqualTo(stored));
    }

    [TestCase("\"EN-us\"", "en")]
    [TestCase("null", null)]
    [TestCase("\"\"", null)]
    [TestCase("\" \"", null)]
    public async Task A_spoken_language_that_is_not_named_is_to_be_detected(string sent, string? stored)
    {
        await (await _api.PostAsync("/ai_dub", Good.Replace("}", $",\"from_lang\":{sent}}}", StringComparison.Ordinal))).ReadAsync(200);

        Assert.That(_api.Progress.All.Single().Order.FromLang, Is.EqualTo(stored));
    }

    [Test]
    public async Task Chosen_voices_are_stored_as_they_were_sent()
    {
        var voices = ""","voices":{"S2":"es+f2","female":"Ana é","*":"es"}}""";
        await (await _api.PostAsync("/ai_dub", Good.Replace("}", voices, StringComparison.Ordinal))).ReadAsync(200);

        Assert.That(_api.Progress.All.Single().Order.Voices,
            Is.EquivalentTo(new Dictionary<string, string> { ["S2"] = "es+f2", ["female"] = "Ana é", ["*"] = "es" }));
    }

    [Test]
    public async Task Without_voices_none_are_chosen()
    {
        await (await _api.PostAsync("/ai_dub", Good.Replace("}", ",\"voices\":null}", StringComparison.Ordinal))).ReadAsync(200);

        Assert.That(_api.Progress.All.Single().Order.Voices, Is.Null);
    }

    [Test]
    public async Task Fields_that_the_contract_does_not_know_are_ignored()
    {
        await (await _api.PostAsync("/ai_dub", Good.Replace("}", ",\"voice\":{\"name\":[1,2]}}", StringComparison.Ordinal))).ReadAsync(200);

        Assert.That(_api.Progress.All, Has.Count.EqualTo(1));
    }

    [TestCaseSource(typeof(BadSubmissions), nameof(BadSubmissions.Fields))]
    public async Task A_bad_field_is_named_and_leaves_nothing_behind(string body, string field, string code)
    {
        var error = await (await _api.PostAsync("/ai_dub", body)).ReadErrorAsync(400, code);

        var named = error.GetProperty("errors").EnumerateArray().Single();
        Assert.That(named.Text("field"), Is.EqualTo(field));
        Assert.That(named.Text("msg_code"), Is.EqualTo(code));
        Assert.That(named.Text("msg"), Is.EqualTo(error.Text("msg")));
        AssertNothingIsLeft();
    }

    [TestCaseSource(typeof(BadSubmissions), nameof(BadSubmissions.Bodies))]
    public async Task A_bad_body_is_refused_and_leaves_nothing_behind(string body)
    {
        await (await _api.PostAsync("/ai_dub", body)).ReadErrorAsync(400, "body_invalid");

        AssertNothingIsLeft();
    }

    [TestCase("", "empty")]
    [TestCase(" \r\n ", "empty")]
    [TestCase("\0\0", "not JSON that can be read from line 1, byte 1")]
    [TestCase("null", "null")]
    [TestCase("[{}]", "a JSON array")]
    [TestCase("\ufeff [{}]", "a JSON array")]
    [TestCase("\"dub it\"", "a JSON string")]
    [TestCase("5", "a number")]
    [TestCase("-1.5", "a number")]
    [TestCase("true", "true or false")]
    [TestCase("{", "from line 1, byte 2")]
    [TestCase("{\"user_id\": 51,\n \"to_lang\": 'es'}", "from line 2, byte 13")]
    [TestCase("{\"user_id\": 51,}", "from line 1, byte 16")]
    [TestCase("<dub/>", "from line 1, byte 1")]
    [TestCase("{\"user_id\":51,\"user_id\":51}", "a field named twice")]
    public async Task A_body_that_is_no_object_is_called_what_it_is(string body, string what)
    {
        var error = await (await _api.PostAsync("/ai_dub", body)).ReadErrorAsync(400, "body_invalid");

        Assert.That(error.Text("msg"), Does.Contain(what));
    }

    [Test]
    public async Task A_body_that_arrives_a_byte_at_a_time_is_read_like_any_other(
        [Values(" \n{\"user_id\":51}", " \n[5]")] string body)
    {
        using var slow = new HttpRequestMessage(HttpMethod.Post, "/ai_dub") { Content = new SlowJson(body) };

        var error = await (await _api.Client.SendAsync(slow)).ReadErrorAsync(
            400, body.Contains('[') ? "body_invalid" : "source_video_url_missing");

        Assert.That(error.Text("msg").Contains("array", StringComparison.Ordinal), Is.EqualTo(body.Contains('[')));
    }

    [Test]
    public async Task Bytes_that_are_not_utf_8_are_refused()
    {
        byte[] latin1 = [.. Good.Replace("ryan", "ren\u00e9", StringComparison.Ordinal).Select(c => (byte)c)];

        await (await _api.Client.PostAsync("/ai_dub", ApiHost.Json(latin1))).ReadErrorAsync(400, "body_invalid");

        AssertNothingIsLeft();
    }

    [Test]
    public async Task The_first_of_several_bad_fields_is_told_and_all_are_listed()
    {
        var body = """{"from_lang":"xx","to_lang":"ja","user_id":1.5,"source_video_url":"ftp://a"}""";

        var error = await (await _api.PostAsync("/ai_dub", body)).ReadErrorAsync(400, "source_video_url_invalid");

        Assert.That(error.GetProperty("errors").EnumerateArray().Select(e => e.Text("msg_code")), Is.EqualTo([
            "source_video_url_invalid", "user_id_invalid", "project_id_missing", "to_lang_unsupported", "from_lang_invalid",
        ]));
        AssertNothingIsLeft();
    }

    [Test]
    public async Task An_empty_object_lacks_every_field_that_is_needed()
    {
        var error = await (await _api.PostAsync("/ai_dub", "{}")).ReadErrorAsync(400, "source_video_url_missing");

        Assert.That(error.Text("msg"), Is.EqualTo("source video url is missing"));
        Assert.That(
            error.GetProperty("errors").EnumerateArray().Select(e => e.Text("field")),
            Is.EqualTo(["source_video_url", "user_id", "project_id", "to_lang"]));
    }

    [Test]
    public async Task A_target_that_no_engine_can_do_is_answered_with_those_that_can_be_had()
    {
        var error = await (await _api.PostAsync("/ai_dub", Good.Replace("\"es\"", "\"ja\"", StringComparison.Ordinal)))
            .ReadErrorAsync(400, "to_lang_unsupported");

        Assert.That(error.Text("msg"), Is.EqualTo("no engine here can dub into Japanese (ja); it can be one of: ca, en, es, id"));
    }

    [Test]
    public async Task A_spoken_language_that_no_engine_recognises_is_answered_with_those_that_can_be_had()
    {
        var error = await (await _api.PostAsync("/ai_dub", Good.Replace("}", ",\"from_lang\":\"ja\"}", StringComparison.Ordinal)))
            .ReadErrorAsync(400, "from_lang_invalid");

        Assert.That(error.Text("msg"), Is.EqualTo("no engine here can recognise Japanese (ja); it can be one of: en"));
    }

    private void AssertNothingIsLeft()
    {
        Assert.That(_api.Progress.All, Is.Empty, "a document was written");
        Assert.That(_api.Queue.Queued, Is.Empty, "a job was queued");
    }
}
