using AiDub.Domain.Errors;
using AiDub.Tests.Api.Fakes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api.Endpoints;

public sealed class ValidationTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [SetUp]
    public void Reset() => _api.Reset();

    [Test]
    public void Bodies_are_judged_by_the_automatic_validation_of_the_package_and_by_nothing_else()
    {
        var providers = _api.Services.GetRequiredService<IOptions<MvcOptions>>().Value.ModelValidatorProviders;

        Assert.That(providers.Select(provider => provider.GetType().Assembly.GetName().Name), Is.EqualTo(["FluentValidation.AspNetCore"]));
    }

    [Test]
    public async Task A_body_is_told_its_errors_though_the_engines_that_only_other_rules_ask_are_away()
    {
        _api.Engines.Fault = new TransientDubException("The engine is away.");

        var error = await (await SubmitAsync("not a language")).ReadErrorAsync(400, "to_lang_invalid");

        Assert.That(error.GetProperty("errors").GetArrayLength(), Is.EqualTo(1));
        await (await SubmitAsync("es")).ReadErrorAsync(503, "unavailable");
    }

    private Task<HttpResponseMessage> SubmitAsync(string to) => _api.PostAsync(
        "/ai_dub", $$"""{"source_video_url":"https://a.example/v.mp4","user_id":51,"project_id":"ryan","to_lang":"{{to}}"}""");
}
