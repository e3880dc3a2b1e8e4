namespace AiDub.Tests.Api.Submitting;

/// <summary>Bodies that are refused on submit, each with the code that it is refused with.</summary>
public static class BadSubmissions
{
    private const string Url = "\"source_video_url\":\"https://a.example/v.mp4\"";
    private const string User = "\"user_id\":51";
    private const string Project = "\"project_id\":\"ryan\"";
    private const string To = "\"to_lang\":\"es\"";

    public static IEnumerable<TestCaseData> Fields() =>
    [
        .. Each("source_video_url", "source_video_url_missing", [null, "null", "\"\"", "\" \\t\"", "\"\\u00a0\""]),
        .. Each("source_video_url", "source_video_url_invalid", [
            "[]", "{}", "5", "true", "\"video.mp4\"", "\"/etc/passwd\"", "\"//a.example/v.mp4\"", "\"file:///etc/passwd\"",
            "\"ftp://a.example/v.mp4\"",
            "\"javascript:alert(1)\"", "\"http:\"", "\"http://\"", "\"http:///v.mp4\"", "\"http:a.example/v.mp4\"",
            "\"https://me:secret@a.example/v.mp4\"",
            "\"https://a.example/v\\n.mp4\"", "\"https://a.example/v\\u0000.mp4\"", "\"https:\\\\\\\\a.example\\\\v.mp4\"",
            $"\"https://a.example/{new string('v', 4096)}\"",
        ]),
        .. Each("source_video_url", "source_video_url_invalid", [
            "\"s3://\"", "\"s3://clips\"", "\"s3://clips/\"", "\"s3:///v.mp4\"", "\"s3://Clips/v.mp4\"", "\"s3://me:secret@clips/v.mp4\"",
            "\"s3://clips/../other/v.mp4\"",
        ]),
        .. Each("source_video_url", "source_bucket_forbidden", ["\"s3://clips/v.mp4\"", "\"S3://clips/v.mp4\""]),
        .. Each("user_id", "user_id_missing", [null, "null"]),
        .. Each("user_id", "user_id_invalid", [
            "1.5", "true", "false", "\"abc\"", "\"\"", "\" \"", "\"1.5\"", "\"5 1\"", "\"0x33\"", "{}", "[51]", "{\"id\":51}",
            "9223372036854775808", "-9223372036854775809",
            "\"9223372036854775808\"", "1e30", "1e400", "0.1e-20",
        ]),
        .. Each("project_id", "project_id_missing", [null, "null", "\"\"", "\"  \""]),
        .. Each(
            "project_id", "project_id_invalid",
            ["5", "true", "[]", "{}", "\"a\\u0000b\"", "\"a\\nb\"", "\"a\\u0085b\"", $"\"{new string('p', 201)}\""]),
        .. Each("to_lang", "to_lang_missing", [null, "null", "\"\"", "\" \""]),
        .. Each("to_lang", "to_lang_invalid", [
            "5", "[]", "{}", "[\"es\",\"ES-mx\"]", "[\"es\",\"xx\"]", "[\"es\",null]", "[\"es\",\"\"]", "[\"es\",5]", "[[\"es\"]]",
            $"[{string.Join(',', Enumerable.Repeat("\"es\"", 21))}]", "false", "\"xx\"", "\"spanish\"", "\"e\"", "\"es/../..\"",
            "\"es;rm -rf\"", "\"zz-ZZ\"", "\"es-QX\"", "\"zh-Zzzx\""]),
        .. Each("to_lang", "to_lang_unsupported", ["[\"es\",\"ja\"]", "\"ja\"", "\"fr\"", "\"de\"", "\"zh-Hant-TW\""]),
        .. Each("voices", "voices_invalid", [
            "5", "\"es\"", "[]", "[\"es\"]", "{}", "{\"S1\":5}", "{\"S1\":null}", "{\"S1\":\"\"}", "{\"S1\":{\"name\":\"es\"}}",
            "{\"S0\":\"es\"}",
            "{\"woman\":\"es\"}", "{\"S1\":\"es\",\"S1\":\"fr\"}", "{\"S1\":\"e\\ns\"}", $"{{\"S1\":\"{new string('v', 101)}\"}}",
            $"{{{string.Join(',', Enumerable.Range(1, 33).Select(i => $"\"S{i}\":\"es\""))}}}",
        ]),
        .. Each("voice_consent", "voice_consent_invalid", [
            "5", "\"Ryan\"", "[]", "{}", "{\"by\":\"Ryan\"}", "{\"at\":\"2026-11-01T12:00:00Z\"}",
            "{\"by\":\"\",\"at\":\"2026-11-01T12:00:00Z\"}",
            "{\"by\":\"Ryan\",\"at\":\"yesterday\"}", "{\"by\":\"Ryan\",\"at\":5}",
            "{\"by\":\"Ryan\",\"at\":\"12:34:56.123\"}", "{\"by\":\"Ryan\",\"at\":\"11/12/2026\"}",
            "{\"by\":\"Ryan\",\"at\":\"2026-02-30\"}",
            $"{{\"by\":\"{new string('n', 201)}\",\"at\":\"2026-11-01\"}}",
        ]),
        .. Each(
            "source_audio", "source_audio_invalid",
            ["-1", "1.5", "1000", "true", "[]", "{}", "\"-1\"", "\"1.0\"", "\"second\"", "\"xx\"", "\"0x1\""]),
        .. Subtitles("transcript", "transcript_invalid", ",\"from_lang\":\"en\""),
        .. Subtitles("translation", "translation_invalid", ""),
        .. Each("from_lang", "from_lang_invalid", ["5", "{}", "[\"en\"]", "true", "\"xx\"", "\"english\"", "\"es\"", "\"ja\""]),
    ];

    public static IEnumerable<TestCaseData> Bodies() =>
    [
        .. new (string Name, string Body)[]
        {
            ("an empty body", ""),
            ("white space", "   "),
            ("null", "null"),
            ("an array", "[]"),
            ("an array of requests", $"[{{{Url},{User},{Project},{To}}}]"),
            ("a text", "\"dub it\""),
            ("a number", "5"),
            ("an open brace", "{"),
            ("half a body", $"{{{Url},{User}"),
            ("a trailing comma", $"{{{Url},{User},{Project},{To},}}"),
            ("a comment", $"{{/* dub it */{Url},{User},{Project},{To}}}"),
            ("single quotes", "{'user_id':51}"),
            ("two bodies", $"{{{Url},{User},{Project},{To}}}{{{Url},{User},{Project},{To}}}"),
            ("a form", "source_video_url=https%3A%2F%2Fa.example&user_id=51"),
            ("XML", "<dub/>"),
            ("the same field twice", $"{{{Url},{User},\"user_id\":52,{Project},{To}}}"),
            ("deep nesting", $"{{{Url},{User},{Project},{To},\"x\":{new string('[', 100)}{new string(']', 100)}}}"),
            ("NaN", $"{{{Url},\"user_id\":NaN,{Project},{To}}}"),
        }.Select(c => new TestCaseData(c.Body).SetArgDisplayNames(c.Name)),
    ];

    private static IEnumerable<TestCaseData> Subtitles(string field, string code, string others) =>
        new[]
        {
            "5", "true", "{}", "[]", "{\"text\":\"x\"}", "\"Hello.\"", "\"WEBVTT\"", "\"1\\nsoon --> later\\nHello.\"", "\"https://\"",
            "\"https://me:secret@a.example/a.srt\"", "\"s3://clips/a.srt\"", "\"s3://\"", "\"ftp://a.example/a.srt\"",
            $"\"https://a.example/{new string('v', 4096)}\"",
        }.Select(value => new TestCaseData(Body(field, value + others), field, code).SetArgDisplayNames($"{field}={Shorten(value)}", code));

    private static IEnumerable<TestCaseData> Each(string field, string code, string?[] values) =>
        values.Select(value => new TestCaseData(Body(field, value), field, code).SetArgDisplayNames($"{field}={Shorten(value)}", code));

    private static string Body(string field, string? value)
    {
        string[] fields = [Url, User, Project, To];
        var others = fields.Where(f => !f.StartsWith($"\"{field}\"", StringComparison.Ordinal));
        return $"{{{string.Join(',', value is null ? others : others.Append($"\"{field}\":{value}"))}}}";
    }

    private static string Shorten(string? value) =>
        value is null ? "absent" : value.Length <= 40 ? value.Replace('"', '\'') : $"{value[..20].Replace('"', '\'')}… of {value.Length}";
}
