using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing.Artifacts;

namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>What a step is given: the order, the artifacts, a folder for files on the way, and somewhere to say how far it is.</summary>
public sealed class DubContext(DubProgress claimed, DubArtifacts artifacts, string scratch, DubMeter meter)
{
    private readonly List<DubWarning> _warnings = [];

    /// <summary>What was asked for.</summary>
    public DubOrder Order => claimed.Order;

    /// <summary>The dub's id.</summary>
    public Guid RequestId => claimed.RequestId;

    /// <summary>Whose artifacts hold what dubs of one request share: those of the stage <see cref="DubStage.Transcribing"/>.</summary>
    public Guid SourceId => claimed.Order.SourceId;

    /// <summary>The revision of the dub's segments that is made; 0 for a first dub.</summary>
    public int Revision => claimed.Order.Revision;

    /// <summary>Where the transcript of this revision lies; that of a first dub is shared with its batch.</summary>
    public string TranscriptKey => Revision == 0 ? ObjectKeys.Transcript(SourceId) : ObjectKeys.Transcript(RequestId, Revision);

    /// <summary>The document as the attempt claimed it.</summary>
    public DubProgress Claimed => claimed;

    /// <summary>The dub's artifacts.</summary>
    public DubArtifacts Artifacts => artifacts;

    /// <summary>The attempt's private folder.</summary>
    public string Scratch => scratch;

    /// <summary>Removes what lies in the attempt's folder: no step of it works.</summary>
    public void EmptyScratch()
    {
        foreach (var entry in new DirectoryInfo(scratch).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                entry.Delete();
        }
    }

    /// <summary>Told the share of the current step that is done, 0–1.</summary>
    public IProgress<double> Progress { get; private set; } = new Progress<double>();

    /// <summary>What this attempt spends on engines.</summary>
    public EngineSpending Spending { get; } = new(artifacts, claimed.RequestId, claimed.Attempt);

    /// <summary>The ledger of one call of an engine.</summary>
    public DubLedger Ledger(string engine) => new(engine, claimed.RequestId, artifacts, Spending);

    /// <summary>What the current step has warned of.</summary>
    public IReadOnlyList<DubWarning> Warnings => _warnings;

    /// <summary>Notes something that the user should know of the result.</summary>
    /// <param name="code">What it is; said once a step.</param>
    /// <param name="msg">What it means, for a person; null: what the code says of itself.</param>
    public void Warn(WarningCode code, string? msg = null)
    {
        if (_warnings.Any(w => w.Code == code))
            return;
        var warning = new DubWarning(code, msg ?? code.Message);
        _warnings.Add(warning);
        meter.Warn(warning);
    }

    /// <summary>Notes that an engine was left for another because it broke off or its answers could not be right.</summary>
    public void WarnReplaced(string engine, string by) =>
        Warn(WarningCode.EngineReplaced, $"{engine} broke off, or kept answering with what cannot be right; {by} did its work.");

    /// <summary>Says how many of its segments the current step has done.</summary>
    public void Count(int done, int total) => meter.Count(done, total);

    /// <summary>What the heartbeat tells of the steps.</summary>
    public DubMeter Meter => meter;

    /// <summary>Begins the next step: its warnings and its progress are its own.</summary>
    public void BeginStep(IProgress<double> progress)
    {
        _warnings.Clear();
        Progress = progress;
    }
}
