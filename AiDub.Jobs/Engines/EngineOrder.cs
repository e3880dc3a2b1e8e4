using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>The engines that are configured, in their order of preference.</summary>
internal static class EngineOrder
{
    /// <summary>The engines named, in that order; names do not regard case.</summary>
    /// <exception cref="OptionsValidationException">A name is none of the engines that there are.</exception>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> engines, IEnumerable<string> names, Func<T, string> nameOf, string option)
    {
        var all = engines.ToArray();
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(Named)];

        T Named(string name)
        {
            foreach (var engine in all)
            {
                if (string.Equals(nameOf(engine), name, StringComparison.OrdinalIgnoreCase))
                    return engine;
            }
            var known = string.Join(", ", all.Select(nameOf).Order(StringComparer.Ordinal));
            throw new OptionsValidationException(
                option, typeof(EnginesOptions), [$"{EnginesOptions.Section}:{option} names '{name}'; there are: {known}."]);
        }
    }
}
