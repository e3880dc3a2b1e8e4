namespace AiDub.Jobs.Media.Rendering;

/// <summary>Tells a share only when it is more than what was told: of work that is done again, the second time goes untold.</summary>
internal sealed class RisingProgress(IProgress<double> progress) : IProgress<double>
{
    private double _told;

    public void Report(double value)
    {
        if (value <= _told)
            return;
        _told = value;
        progress.Report(value);
    }
}
