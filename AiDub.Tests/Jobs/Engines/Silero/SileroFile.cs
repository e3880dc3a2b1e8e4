using AiDub.Jobs.Engines.Silero;
using AiDub.Tests.Documents;

namespace AiDub.Tests.Jobs.Engines.Silero;

/// <summary>The weights that the script has brought.</summary>
internal static class SileroFile
{
    /// <summary>What to set <c>AIDUB_MODELS</c> to for a service that uses them where they are there.</summary>
    public static string Folder => System.IO.Path.Combine(Repository.File(".tools"), "models");

    /// <summary>Their path; ignores the test where they are not there.</summary>
    public static string Path
    {
        get
        {
            var path = System.IO.Path.Combine(Folder, SileroWeights.File);
            if (!File.Exists(path))
                Assert.Ignore("./aidub test brings Silero's weights");
            return path;
        }
    }
}
