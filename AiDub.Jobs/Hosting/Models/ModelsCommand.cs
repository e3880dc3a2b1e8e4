namespace AiDub.Jobs.Hosting.Models;

/// <summary>What <c>./aidub models</c> was told.</summary>
/// <param name="Verb"><c>list</c>, <c>get</c>, <c>check</c>, <c>remove</c> or <c>better</c>.</param>
internal sealed record ModelsCommand(string Verb)
{
    /// <summary>How it is used.</summary>
    public const string Usage = """
        ./aidub models list [--to es,id]                  what can be had, and what is here
        ./aidub models get NAME|PROFILE ... [--to es,id]  bring models; profiles: light (0.6 GB), standard (3.3 GB)
            --from FOLDER|ADDRESS   from a folder that holds the files by name, or another hub
            --accept                accept the terms that get names
            --renew                 take a file that was replaced at the hub
        ./aidub models check [NAME ...]                   read what is here and compare it with what it should be
        ./aidub models remove NAME ...                    delete models
        """;

    private static readonly string[] Verbs = ["list", "get", "check", "remove", "better"];

    /// <summary>Models and profiles by name.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>The languages to dub into, as they were written; empty when none was.</summary>
    public IReadOnlyList<string> To { get; private init; } = [];

    /// <summary>A folder or address to bring from; null: the hub.</summary>
    public string? From { get; private init; }

    /// <summary>Whether terms are accepted.</summary>
    public bool Accept { get; private init; }

    /// <summary>Whether a file that was replaced is taken.</summary>
    public bool Renew { get; private init; }

    /// <summary>Reads arguments; null when they mean nothing.</summary>
    public static ModelsCommand? Read(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || !Verbs.Contains(args[0]))
            return null;
        var command = new ModelsCommand(args[0]);
        for (var i = 1; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--accept":
                    command = command with { Accept = true };
                    break;
                case "--renew":
                    command = command with { Renew = true };
                    break;
                case "--to" when i + 1 < args.Count:
                    command = command with { To = [.. command.To, .. args[++i].Split(',', StringSplitOptions.RemoveEmptyEntries)] };
                    break;
                case "--from" when i + 1 < args.Count:
                    command = command with { From = args[++i] };
                    break;
                case ['-', ..]:
                    return null;
                default:
                    command = command with { Names = [.. command.Names, args[i]] };
                    break;
            }
        }
        return command.Names.Count == 0 && command.Verb is "get" or "remove" ? null : command;
    }
}
