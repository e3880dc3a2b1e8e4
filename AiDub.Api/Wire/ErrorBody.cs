namespace AiDub.Api.Wire;

/// <summary>The one shape of every error.</summary>
internal sealed record ErrorBody
{
    /// <summary>The HTTP status, again.</summary>
    public required int Status { get; init; }

    /// <summary>What went wrong, for a person.</summary>
    public required string Msg { get; init; }

    /// <summary>What went wrong, for a program: stable.</summary>
    public required string MsgCode { get; init; }

    /// <summary>Every field that is wrong, the first of them being the one above; absent when the error is of no field.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>On a stale revision: the revision that the dub has.</summary>
    public int? Revision { get; init; }

    /// <summary>On a dub that failed: why, for a program; stable snake_case.</summary>
    public string? ErrorCode { get; init; }
}

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Msg">What is wrong, for a person.</param>
/// <param name="MsgCode">What is wrong, for a program: stable.</param>
internal sealed record FieldError(string Field, string Msg, string MsgCode);
