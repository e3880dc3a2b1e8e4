using System.Globalization;

namespace AiDub.Domain.Dubbing;

/// <summary>
/// The part of an object's key that says which attempt wrote it. Every attempt writes below a folder of its own, <c>a{attempt}/</c> in the
/// folder of the dub's work, results, or their revision (<c>a{attempt}-{place}/</c> in that of a batch, by the dub's place in it), so that
/// one that was superseded can replace and remove nothing of another. What counts is what the progress document, and then the record,
/// names.
/// </summary>
public static class AttemptKeys
{
    /// <summary>
    /// The key under which an attempt writes what is named by <paramref name="key"/>; the key itself when it is an attempt's, or shared by
    /// all on purpose.
    /// </summary>
    public static string Own(string key, DubOrder order, int attempt)
    {
        if (key.Contains(ObjectKeys.PartialFolder, StringComparison.Ordinal)
            || key.StartsWith(ObjectKeys.Usages(order.RequestId), StringComparison.Ordinal))
            return key;
        var parts = key.Split('/');
        if (PlaceOf(parts) is not { } place || Parse(parts[place]) is not null)
            return key;
        var isShared = order.Batch is { } batch && ObjectKeys.WorkOwner(key) == batch.Id;
        var folder = string.Create(CultureInfo.InvariantCulture, $"a{attempt}");
        if (isShared)
            folder += string.Create(
                CultureInfo.InvariantCulture, $"-{order.Batch!.Requests.TakeWhile(id => id != order.RequestId).Count() + 1}");
        return string.Join('/', [.. parts[..place], folder, .. parts[place..]]);
    }

    /// <summary>The attempt that a key belongs to; null for keys that are not an attempt's own.</summary>
    public static int? AttemptOf(string key)
    {
        var parts = key.Split('/');
        return PlaceOf(parts) is { } place ? Parse(parts[place]) : null;
    }

    /// <summary>Whether a key belongs to an attempt up to this one, or to none.</summary>
    public static bool IsUpTo(string key, int attempt) => AttemptOf(key) is not { } other || other <= attempt;

    /// <summary>What a key names, whichever attempt wrote it.</summary>
    public static string Name(string key)
    {
        var parts = key.Split('/');
        return PlaceOf(parts) is { } place && Parse(parts[place]) is not null
            ? string.Join('/', [.. parts[..place], .. parts[(place + 1)..]])
            : key;
    }

    // Behind work/{id}/ or results/{user}/{id}/, and behind the folder of a revision.
    private static int? PlaceOf(string[] parts)
    {
        var place = parts[0] switch { "work" => 2, "results" => 3, _ => int.MaxValue };
        if (place < parts.Length - 1 && parts[place].Length > 1 && parts[place][0] == 'r' && parts[place].Skip(1).All(char.IsAsciiDigit))
            place++;
        return place < parts.Length ? place : null;
    }

    private static int? Parse(string part) =>
        part.Length > 1
            && part[0] == 'a'
            && int.TryParse(part[1..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? attempt
            : null;
}
