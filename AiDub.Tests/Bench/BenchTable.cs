namespace AiDub.Tests.Bench;

/// <summary>Where benchmarks write their tables: the file that <c>AIDUB_BENCH_OUT</c> names, and the test's output.</summary>
internal static class BenchTable
{
    public static void Write(FormattableString row) => Write(FormattableString.Invariant(row));

    public static void Write(string row)
    {
        TestContext.Progress.WriteLine(row);
        if (Environment.GetEnvironmentVariable("AIDUB_BENCH_OUT") is { Length: > 0 } path)
            File.AppendAllText(path, row + "\n");
    }
}
