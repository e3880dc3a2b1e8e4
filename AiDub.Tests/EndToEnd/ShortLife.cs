using System.Diagnostics;

namespace AiDub.Tests.EndToEnd;

/// <summary>Settings of a service that is not measured and does not live long.</summary>
internal static class ShortLife
{
    /// <summary>
    /// Has a process of ours start as cheaply as it can, which counts for more in so short a life than how fast it is later: it compiles
    /// what it runs when it comes to it, once, into memory that can be written and run alike, and has one heap whatever the processors.
    /// </summary>
    public static void Of(ProcessStartInfo start)
    {
        // Other tests want the processor too: tools that stood back for them would meet their limits of time.
        start.Environment["Tools__Niceness"] = "0";
        start.Environment["Api__WarmUp"] = "false";
        (start.Environment["DOTNET_TieredPGO"], start.Environment["DOTNET_TC_CallCountingDelayMs"]) = ("0", "2000");
        (start.Environment["DOTNET_EnableWriteXorExecute"], start.Environment["DOTNET_gcServer"]) = ("0", "0");
    }
}
