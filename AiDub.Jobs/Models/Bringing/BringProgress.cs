using System.Globalization;

namespace AiDub.Jobs.Models.Bringing;

/// <summary>Shows how far a file is: as a bar on a terminal, else as a line for every tenth.</summary>
internal sealed class BringProgress(TextWriter output, bool isTerminal, TimeProvider clock) : IBringProgress
{
    private const int Width = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);
    private string? _name;
    private long _first;
    private long _began;
    private long _shown;
    private int _tenth;
    private bool _isOpen;

    /// <inheritdoc/>
    public void Say(string line)
    {
        if (_isOpen)
            output.WriteLine();
        _isOpen = false;
        output.WriteLine(line);
    }

    /// <inheritdoc/>
    public void Tell(string name, long have, long total)
    {
        if (name != _name)
            (_name, _first, _began, _shown, _tenth) = (name, have, clock.GetTimestamp(), 0, -1);
        var percent = total == 0 ? 100 : (int)(100 * Math.Min(have, total) / total);
        if (isTerminal)
            Draw(name, have, total, percent);
        else if (percent / 10 > _tenth)
            output.WriteLine($"[{percent,3} %] {name}, {Megabytes(have)} of {Megabytes(total)}");
        _tenth = percent / 10;
    }

    /// <summary>Bytes as people say them.</summary>
    public static string Megabytes(long bytes) => bytes >= 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(bytes > 0 ? 1 : 0, bytes / 1e6):0} MB");

    private void Draw(string name, long have, long total, int percent)
    {
        var now = clock.GetTimestamp();
        if (_shown != 0 && have < total && clock.GetElapsedTime(_shown, now) < Pause)
            return;
        _shown = now;
        var seconds = clock.GetElapsedTime(_began, now).TotalSeconds;
        var rate = seconds > 0.5 ? string.Create(CultureInfo.InvariantCulture, $", {(have - _first) / 1e6 / seconds:0.0} MB/s") : "";
        var filled = percent * Width / 100;
        output.Write($"\r[{new string('#', filled)}{new string(' ', Width - filled)}] {percent,3} %  {name}, {Megabytes(total)}{rate}  ");
        _isOpen = have < total;
        if (!_isOpen)
            output.WriteLine();
    }
}
