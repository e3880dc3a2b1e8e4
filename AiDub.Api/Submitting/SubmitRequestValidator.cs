using AiDub.Api.Auth;
using AiDub.Api.Callbacks;
using AiDub.Api.Errors;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Sources;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Fetching;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Options;
using static System.StringComparer;

namespace AiDub.Api.Submitting;

/// <summary>The rules of a submitted dub, in the order in which their errors are told.</summary>
internal sealed class SubmitRequestValidator : AbstractValidator<SubmitRequest>
{
    /// <summary>The longest project id, in characters.</summary>
    public const int MaxProjectIdLength = 200;

    // What an address has to be that sources and subtitle files are fetched from.
    internal const string AddressRule =
        "an http, https or s3://bucket/key address of at most 4096 characters without user name and password";

    /// <summary>
    /// Rules that know which buckets sources may be in, whether callbacks can be signed, and whether a token says who asks.
    /// </summary>
    public SubmitRequestValidator(IOptions<SourceOptions> source, IOptions<CallbackOptions> callbacks, IOptions<JwtOptions> jwt)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;

        RuleFor(r => r.SourceVideoUrl)
            .Must(url => !url.IsMissing)
                .WithErrorCode(ErrorCodes.SourceVideoUrlMissing)
                .WithMessage("source video url is missing")
            .Must(url => SourceUrl.TryParse(url.Value, out _) || S3Url.TryParse(url.Value, out _))
                .WithErrorCode(ErrorCodes.SourceVideoUrlInvalid)
                .WithMessage($"source video url is not {AddressRule}")
            .Must(url => !S3Url.TryParse(url.Value, out var s3) || source.Value.AllowedBuckets.Contains(s3!.Bucket, Ordinal))
                .WithErrorCode(ErrorCodes.SourceBucketForbidden)
                .WithMessage("source video url is in a bucket that videos may not be fetched from");

        RuleFor(r => r.UserId)
            .Must(id => !id.IsMissing || jwt.Value.IsConfigured)
                .WithErrorCode(ErrorCodes.UserIdMissing)
                .WithMessage("user id is missing")
            .Must(id => id.IsMissing || id.Value is not null)
                .WithErrorCode(ErrorCodes.UserIdInvalid)
                .WithMessage("user id is not a whole number");

        RuleFor(r => r.ProjectId)
            .Must(id => !id.IsMissing)
                .WithErrorCode(ErrorCodes.ProjectIdMissing)
                .WithMessage("project id is missing")
            .Must(id => id.Value is { Length: <= MaxProjectIdLength } text && !text.Any(char.IsControl))
                .WithErrorCode(ErrorCodes.ProjectIdInvalid)
                .WithMessage("project id is not a text of at most 200 characters without control characters");

        RuleFor(r => r.ToLang)
            .Must(lang => !lang.IsMissing)
                .WithErrorCode(ErrorCodes.ToLangMissing)
                .WithMessage("to lang is missing")
            .Must(LanguageFaults.AreLanguages)
                .WithErrorCode(ErrorCodes.ToLangInvalid)
                .WithMessage(request => request.ToLang.IsList
                    ? "to lang is not a list of 1 to 20 languages of ISO 639-1"
                    : "to lang is not a language of ISO 639-1")
            .Must(langs => langs.Sent.DistinctBy(LanguageFaults.Parse).Count() == langs.Sent.Count)
                .WithErrorCode(ErrorCodes.ToLangInvalid)
                .WithMessage("to lang names the same language more than once")
            .Custom((_, context) => Add(LanguageFaults.In(context).ToLang, ErrorCodes.ToLangUnsupported, context));

        RuleFor(r => r.FromLang)
            .Must(lang => lang.IsMissing || LanguageFaults.Parse(lang) is not null)
                .WithErrorCode(ErrorCodes.FromLangInvalid)
                .WithMessage("from lang is not a language of ISO 639-1")
            .Must((request, lang) => !lang.IsMissing || request.Transcript.IsMissing || !request.Translation.IsMissing)
                .WithErrorCode(ErrorCodes.FromLangMissing)
                .WithMessage("from lang is missing: it says which language the transcript is in")
            .Custom((_, context) => Add(LanguageFaults.In(context).FromLang, ErrorCodes.FromLangInvalid, context));

        RuleFor(r => r.SourceAudio)
            .Must(track => track.IsMissing || track.Value is not null)
                .WithErrorCode(ErrorCodes.SourceAudioInvalid)
                .WithMessage(SentTrack.Rule);

        RuleFor(r => r.Voices)
            .Must(voices => voices.IsMissing || (voices.Value is { } choices && VoiceChoices.AreValid(choices)))
                .WithErrorCode(ErrorCodes.VoicesInvalid)
                .WithMessage("voices is not an object of 1 to 32 voice names by speaker (S1, S2, ...), female, male or *");

        RuleFor(r => r.VoiceConsent)
            .Must(consent => consent.IsMissing || consent.Value is not null)
                .WithErrorCode(ErrorCodes.VoiceConsentInvalid)
                .WithMessage("voice consent is not an object of by, a name of at most 200 characters, and at, a time in ISO 8601")
            .Must((request, consent) => !consent.IsMissing || !VoiceChoices.AskClones(request.Voices.Value))
                .WithErrorCode(ErrorCodes.VoiceConsentMissing)
                .WithMessage("voice consent is missing: it says who agreed to a speaker's own voice being used");

        RuleFor(r => r.Transcript)
            .Custom((sent, context) => SubtitleRules.Check(sent, ErrorCodes.TranscriptInvalid, source.Value.AllowedBuckets, context));

        RuleFor(r => r.Translation)
            .Must((request, sent) => sent.IsMissing || request.ToLang.Sent.Count <= 1)
                .WithErrorCode(ErrorCodes.TranslationInvalid)
                .WithMessage("translation is in one language, and to lang names several")
            .Custom((sent, context) => SubtitleRules.Check(sent, ErrorCodes.TranslationInvalid, source.Value.AllowedBuckets, context));

        RuleFor(r => r.Subtitles)
            .Must(mode => mode.IsMissing || SubtitleModeNames.Parse(mode.Value) is not null)
                .WithErrorCode(ErrorCodes.SubtitlesModeInvalid)
                .WithMessage("subtitles is not none, soft or burned");

        RuleFor(r => r.CallbackUrl)
            .Must(url => url.IsMissing || callbacks.Value.IsConfigured)
                .WithErrorCode(ErrorCodes.CallbackUnavailable)
                .WithMessage("callback url cannot be called: no key to sign callbacks with is configured here")
            .Must(url => url.IsMissing || SourceUrl.TryParse(url.Value, out _))
                .WithErrorCode(ErrorCodes.CallbackUrlInvalid)
                .WithMessage("callback url is not an http or https address of at most 4096 characters without user name and password");
    }

    private static void Add(string? msg, string code, ValidationContext<SubmitRequest> context)
    {
        if (msg is not null)
            context.AddFailure(new ValidationFailure(context.PropertyPath, msg) { ErrorCode = code });
    }
}
