using System.Globalization;
using System.Text;
using AiDub.Jobs.Engines.Chat;

namespace AiDub.Jobs.Engines.LlamaCpp;

/// <summary>
/// The grammar that holds a model to the translation of a batch: one text for each of its segments, with its index, in its order; pure.
/// </summary>
internal static class TranslationGrammar
{
    // JSON's strings (RFC 8259, section 7), of at least one character that is no blank.
    private const string Strings = """
        text ::= "\"" blank* seen char* "\""
        blank ::= " "
        seen ::= [^"\\ \x00-\x1F\x7F] | escape
        char ::= blank | seen
        escape ::= "\\" (["\\/bfnrt] | "u" hex hex hex hex)
        hex ::= [0-9a-fA-F]
        """;

    /// <summary>The grammar as GBNF.</summary>
    public static string Of(TranslationBatch batch)
    {
        var items = batch.Segments.Select(
            segment => string.Create(CultureInfo.InvariantCulture, $"\"{{\\\"index\\\":{segment.Index},\\\"text\\\":\" text \"}}\""));
        return new StringBuilder("root ::= \"{\\\"segments\\\":[\" ")
            .AppendJoin(" \",\" ", items)
            .Append(" \"]}\"\n")
            .Append(Strings)
            .Append('\n')
            .ToString();
    }
}
