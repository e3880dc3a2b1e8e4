namespace AiDub.Tests.Jobs.Engines;

/// <summary>An executable that a test writes: it notes its arguments, one a line, and then does what the script says.</summary>
internal sealed class FakeTool
{
    private readonly string _arguments;

    public FakeTool(string folder, string name, string script)
    {
        Path = System.IO.Path.Combine(folder, name);
        _arguments = Path + ".arguments";
        File.WriteAllText(Path, $"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{_arguments}'\n{script}\n");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    /// <summary>What it was last called with.</summary>
    public string[] Arguments => File.ReadAllLines(_arguments);

    /// <summary>The argument after an option.</summary>
    public string After(string option) => Arguments[Array.IndexOf(Arguments, option) + 1];
}
