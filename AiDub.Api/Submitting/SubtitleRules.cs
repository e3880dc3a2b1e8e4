using AiDub.Api.Wire;
using AiDub.Domain.Sources;
using AiDub.Domain.Subtitles;
using FluentValidation;
using FluentValidation.Results;

namespace AiDub.Api.Submitting;

/// <summary>The rules of a subtitle file that was sent as its text or its address.</summary>
internal static class SubtitleRules
{
    /// <summary>
    /// Adds what is wrong with a field, the line of the text included; what is at an address is read when the dub is made.
    /// </summary>
    public static void Check(SentText sent, string code, IReadOnlyList<string> buckets, ValidationContext<SubmitRequest> context)
    {
        var name = context.PropertyPath.ToLowerInvariant();
        if (!sent.IsMissing && Fault(sent, name, buckets) is { } msg)
            context.AddFailure(new ValidationFailure(context.PropertyPath, msg) { ErrorCode = code });
    }

    private static string? Fault(SentText sent, string name, IReadOnlyList<string> buckets)
    {
        if (sent.Value is not { } text)
            return $"{name} is not the text or the address of a subtitle file";
        if (SentSubtitles.IsAddress(sent))
            return AddressFault(text, name, buckets);
        try
        {
            SubtitleParser.Read(text);
            return null;
        }
        catch (SubtitleFormatException e)
        {
            return $"{name} cannot be read: {e.Message}";
        }
    }

    private static string? AddressFault(string address, string name, IReadOnlyList<string> buckets)
    {
        if (S3Url.TryParse(address, out var s3))
            return buckets.Contains(s3!.Bucket, StringComparer.Ordinal)
                ? null
                : $"{name} is in a bucket that files may not be fetched from";
        return SourceUrl.TryParse(address, out _)
            ? null
            : $"{name} is not {SubmitRequestValidator.AddressRule}";
    }
}
