using Microsoft.Extensions.Options;

namespace AiDub.Api.Page;

/// <summary>The page at <c>/</c>: configuration section <c>Page</c>.</summary>
internal sealed class PageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Page";

    /// <summary>
    /// From where else the page may play originals that are no longer kept here, as origins such as
    /// <c>https://bucket.s3.amazonaws.com</c>: where your sources lie. Default none: it plays what the object store holds, and opens other
    /// addresses in a tab.
    /// </summary>
    public IReadOnlyList<string> MediaOrigins { get; set; } = [];
}

/// <summary>Stops the start when <see cref="PageOptions"/> cannot work.</summary>
internal sealed class PageOptionsValidator : IValidateOptions<PageOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PageOptions options) =>
        options.MediaOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"Page:MediaOrigins holds '{wrong}', which is not an http or https origin such as https://videos.example.com.")
            : ValidateOptionsResult.Success;

    // The text goes into a header as it stands, so it is compared with what the parser made of it.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase)
        && uri.IdnHost.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']');
}
