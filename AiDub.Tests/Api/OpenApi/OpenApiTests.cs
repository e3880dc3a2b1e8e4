using System.Text.Json;
using System.Text.RegularExpressions;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.Documents;

namespace AiDub.Tests.Api.OpenApi;

public sealed class OpenApiTests
{
    private static readonly string[] Errors = ["400", "401", "403", "406", "408", "413", "414", "415", "429", "431", "500", "503"];

    private ApiHost _api = null!;
    private JsonElement _document;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _api = new ApiHost();
        _document = JsonElement.Parse(await _api.Client.GetStringAsync("/swagger/v1/swagger.json"));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [Test]
    public void Every_endpoint_is_described_and_nothing_else()
    {
        Assert.That(
            _document.GetProperty("paths").EnumerateObject().Select(p => p.Name),
            Is.EquivalentTo(
                [
                    "/ai_dub", "/ai_dub/progress", "/ai_dub/{request_id}", "/ai_dub/languages", "/ai_dub/{request_id}/events",
                    "/ai_dub/{request_id}/callbacks", "/ai_dub/{request_id}/retry", "/ai_dub/uploads", "/ai_dub/{request_id}/segments",
                    "/ai_dub/{request_id}/segments/{index}", "/ai_dub/{request_id}/render", "/ai_dub/{request_id}/{text}.{format}",
                    "/ai_dub/estimate", "/ai_dub/usage", "/ai_dub/capabilities", "/ai_dub/voices", "/ai_dub/voices/preview",
                    "/ai_dub/{request_id}/cancel", "/ai_dub/{request_id}/source"]));
    }

    [Test]
    public void Operations_have_names_and_stand_in_described_groups_with_what_is_needed_first_at_the_top()
    {
        var groups = _document.GetProperty("tags").EnumerateArray().ToList();
        var operations = _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => (Id: operation.Value.Text("operationId"), Group: operation.Value.GetProperty("tags")[0].GetString()))
            .ToList();

        Assert.That(groups.Select(group => group.Text("description")), Is.All.Not.Empty);
        var used = operations.Select(operation => operation.Group).Distinct();
        Assert.That(used, Is.EquivalentTo(groups.Select(group => group.Text("name"))));
        Assert.That(operations[0].Id, Is.EqualTo("submitDub"));
        var ids = operations.Select(operation => operation.Id).ToList();
        Assert.That(ids, Is.Unique.And.SupersetOf((string[])["getProgress", "listDubs", "getDub", "uploadFile"]));
    }

    [Test]
    public void Callbacks_are_described_as_webhooks_with_the_headers_that_they_are_signed_in()
    {
        var told = _document.GetProperty("webhooks");

        Assert.That(told.EnumerateObject().Select(webhook => webhook.Name), Is.EqualTo(["dub.complete", "dub.failed"]));
        foreach (var webhook in told.EnumerateObject())
        {
            Assert.That(
                webhook.Value.GetProperty("post").GetProperty("parameters").EnumerateArray().Select(header => header.Text("name")),
                Is.SupersetOf((string[])["webhook-id", "webhook-timestamp", "webhook-signature", "AiDub-Signature"]));
        }
    }

    [Test]
    public void In_development_the_examples_of_requests_name_the_sample_of_the_service_that_describes_itself()
    {
        var here = _document.GetProperty("servers")[0].Text("url");
        var examples = Post("/ai_dub").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");

        Assert.That(_api.Client.BaseAddress!.ToString(), Is.EqualTo(here + "/"));
        foreach (var example in examples.GetProperty("examples").EnumerateObject())
            Assert.That(example.Value.GetProperty("value").Text("source_video_url"), Is.EqualTo($"{here}/samples/talk.mp4"), example.Name);
    }

    [TestCase("/ai_dub")]
    [TestCase("/ai_dub/progress")]
    [TestCase("/ai_dub/{request_id}/render")]
    public void Every_request_and_answer_is_json_with_a_schema_a_description_and_examples(string path)
    {
        var post = Post(path);
        var bodies = post.GetProperty("responses").EnumerateObject().Select(r => r.Value).Append(post.GetProperty("requestBody"));

        Assert.That(post.Text("summary"), Is.Not.Empty);
        foreach (var body in bodies)
        {
            Assert.That(body.Text("description"), Has.Length.GreaterThan(10));
            Assert.That(body.GetProperty("content").EnumerateObject().Select(c => c.Name), Is.EqualTo(["application/json"]));
            var media = body.GetProperty("content").GetProperty("application/json");
            Assert.That(media.TryGetProperty("schema", out _), Is.True);
            Assert.That(media.GetProperty("examples").EnumerateObject(), Is.Not.Empty);
            foreach (var example in media.GetProperty("examples").EnumerateObject())
                Assert.That(example.Value.GetProperty("value").EnumerateObject(), Is.Not.Empty);
        }
    }

    [Test]
    public void Every_answer_of_every_endpoint_is_described_with_a_schema_and_examples()
    {
        foreach (var path in _document.GetProperty("paths").EnumerateObject())
        {
            foreach (var (endpoint, status, answer) in from operation in path.Value.EnumerateObject()
                                                       from answer in operation.Value.GetProperty("responses").EnumerateObject()
                                                       select ($"{operation.Name} {path.Name}", answer.Name, answer.Value))
            {
                Assert.That(answer.Text("description"), Has.Length.GreaterThan(10), $"{endpoint} {status}");
                if (status == "204")
                    continue;
                var media = answer.GetProperty("content").EnumerateObject().Single().Value;
                Assert.That(media.TryGetProperty("schema", out _), Is.True, $"{endpoint} {status}");
                Assert.That(media.GetProperty("examples").EnumerateObject(), Is.Not.Empty, $"{endpoint} {status}");
            }
        }
    }

    [Test]
    public void Every_example_of_an_error_has_the_status_that_it_is_answered_with()
    {
        var wrong = from path in _document.GetProperty("paths").EnumerateObject()
                    from operation in path.Value.EnumerateObject()
                    from answer in operation.Value.GetProperty("responses").EnumerateObject()
                    where string.CompareOrdinal(answer.Name, "400") >= 0
                    let media = answer.Value.GetProperty("content").GetProperty("application/json")
                    from example in media.GetProperty("examples").EnumerateObject()
                    where $"{example.Value.GetProperty("value").GetProperty("status")}" != answer.Name
                    select $"{operation.Name} {path.Name} {answer.Name} {example.Name}";

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_endpoint_that_answers_a_user_takes_the_users_id()
    {
        var taking = from path in _document.GetProperty("paths").EnumerateObject()
                     from operation in path.Value.EnumerateObject()
                     where operation.Value.GetProperty("responses").TryGetProperty("401", out _)
                     let inQuery = operation.Value.TryGetProperty("parameters", out var fields)
                         && fields.EnumerateArray().Any(field => field.Text("name") == "user_id")
                     let inBody = operation.Value.TryGetProperty("requestBody", out var body) && body.GetRawText().Contains("Request\"")
                     select (Endpoint: $"{operation.Name} {path.Name}", Times: (inQuery ? 1 : 0) + (inBody ? 1 : 0));

        Assert.That(taking.Where(endpoint => endpoint.Times != 1), Is.Empty);
    }

    [TestCase("get", "/ai_dub", "dubs")]
    [TestCase("get", "/ai_dub/{request_id}", "state")]
    [TestCase("post", "/ai_dub", "status")]
    [TestCase("post", "/ai_dub/{request_id}/retry", "status")]
    [TestCase("post", "/ai_dub/uploads", "source_video_url")]
    public void An_example_of_an_answer_is_its_own_endpoints(string method, string path, string field)
    {
        var answer = _document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty("200");
        foreach (var example in answer.GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject())
            Assert.That(example.Value.GetProperty("value").TryGetProperty(field, out _), Is.True, example.Name);
    }

    [Test]
    public void Requests_http_asks_for_nothing_that_is_not_described_and_for_everything_that_is()
    {
        var file = Repository.Read("AiDub.Api/requests.http");
        var asked = Regex.Matches(
            file, @"^(GET|POST|DELETE|PATCH) \{\{host\}\}(/ai_dub[^?\s]*)", RegexOptions.Multiline)
            .Select(match => (Method: match.Groups[1].Value.ToLowerInvariant(), Path: match.Groups[2].Value))
            .Select(asked => $"{asked.Method} {Regex.Replace(asked.Path, @"\{\{.*?\}\}", "{request_id}")}")
            .Distinct();
        asked = asked.Select(endpoint => endpoint.Replace("segments/0", "segments/{index}").Replace("translation.srt", "{text}.{format}"));
        var described = from path in _document.GetProperty("paths").EnumerateObject()
                        from operation in path.Value.EnumerateObject()
                        select $"{operation.Name} {path.Name}";

        Assert.That(asked, Is.EquivalentTo(described));
    }

    [Test]
    public void The_languages_are_described_with_an_example()
    {
        var answer = _document
            .GetProperty("paths")
            .GetProperty("/ai_dub/languages")
            .GetProperty("get")
            .GetProperty("responses")
            .GetProperty("200");
        var example = answer
            .GetProperty("content")
            .GetProperty("application/json")
            .GetProperty("examples")
            .EnumerateObject()
            .Single().Value
            .GetProperty("value");

        Assert.That(example.GetProperty("targets")[1].Text("quality"), Is.EqualTo("draft"));
    }

    [Test]
    public void The_events_are_described_as_a_stream_with_examples_and_their_errors_as_json()
    {
        var answers = _document.GetProperty("paths").GetProperty("/ai_dub/{request_id}/events").GetProperty("get").GetProperty("responses");

        var stream = answers.GetProperty("200").GetProperty("content");
        Assert.That(stream.EnumerateObject().Select(c => c.Name), Is.EqualTo(["text/event-stream"]));
        var example = stream.GetProperty("text/event-stream").GetProperty("examples").GetProperty("progress").Text("value");
        Assert.That(example, Does.StartWith("id: ").And.Contain("\nevent: progress\ndata: {").And.EndWith("}\n\n"));
        Assert.That(
            answers.GetProperty("404").GetProperty("content").EnumerateObject().Select(c => c.Name), Is.EqualTo(["application/json"]));
        Assert.That(answers.TryGetProperty("204", out _), Is.True);
    }

    [Test]
    public void Every_answer_of_the_contract_is_described()
    {
        Assert.That(
            Post("/ai_dub").GetProperty("responses").EnumerateObject().Select(r => r.Name),
            Is.EquivalentTo([.. Errors, "200", "422", "507"]));
        Assert.That(
            Post("/ai_dub/progress").GetProperty("responses").EnumerateObject().Select(r => r.Name),
            Is.EquivalentTo([.. Errors, "200", "404"]));
    }

    [Test]
    public void What_the_server_refuses_before_an_endpoint_is_asked_is_described_where_it_can_occur()
    {
        var operations = _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToList();

        foreach (var operation in operations.Select(operation => operation.Value))
        {
            var answers = operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).ToList();
            Assert.That(answers, Is.SupersetOf((string[])["414", "431"]), operation.Text("operationId"));
            Assert.That(
                answers.Contains("408"), Is.EqualTo(operation.TryGetProperty("requestBody", out _)), operation.Text("operationId"));
        }
    }

    [Test]
    public void A_poll_answers_one_of_running_and_final()
    {
        var schema = Post("/ai_dub/progress")
            .GetProperty("responses")
            .GetProperty("200")
            .GetProperty("content")
            .GetProperty("application/json")
            .GetProperty("schema");

        Assert.That(
            schema.GetProperty("oneOf").EnumerateArray().Select(s => s.Text("$ref")),
            Is.EqualTo(["#/components/schemas/RunningAnswer", "#/components/schemas/FinalAnswer"]));
    }

    [Test]
    public async Task The_examples_of_a_submission_are_accepted_by_the_service()
    {
        foreach (
            var example in Post("/ai_dub")
                .GetProperty("requestBody")
                .GetProperty("content")
                .GetProperty("application/json")
                .GetProperty("examples")
                .EnumerateObject())
            await (await _api.PostAsync("/ai_dub", example.Value.GetProperty("value").GetRawText())).ReadAsync(200);
    }

    [Test]
    public async Task Swagger_ui_shows_the_document()
    {
        var ui = await _api.Client.GetStringAsync("/swagger/index.html");
        Assert.That(ui, Does.Contain("AiDub API"));
    }

    private JsonElement Post(string path) => _document.GetProperty("paths").GetProperty(path).GetProperty("post");
}
