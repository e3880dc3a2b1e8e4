namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Reads the packets of a source in the order of the file and finds where its clock restarts, steps back or jumps: where its streams do so
/// together, whatever their interleaving. A stream that falls silent while another goes on has a gap, not a clock of its own.
/// </summary>
/// <param name="leading">The streams whose clock counts: sound, and pictures other than covers.</param>
/// <param name="rules">How far the stamps are to be believed.</param>
public sealed class ClockScan(IReadOnlySet<int> leading, ClockRules rules)
{
    // Joined pieces overlap by what encoders add at their ends, which is not a step back.
    private const double Overlap = 0.12;

    // Pictures are stored in another order than that in which they are shown; none by more than this, or than so many pictures.
    private const double Reordered = 2;

    // A stamp that is this far from its neighbours', in seconds, is damaged or begins another clock.
    private const double Leap = 0.5;

    // A packet is not shown later than this after it is decoded, in seconds, or than so many pictures (H.264, max_dec_frame_buffering).
    private const double MostAhead = 10;
    private const int MostPictures = 17;

    /// <summary>More clocks than this are damage.</summary>
    public const int MostPieces = 2000;

    private readonly List<ClockPiece> _pieces = [new ClockPiece()];
    private readonly SortedDictionary<int, ScannedTrack> _tracks = [];
    private long _timed;
    private long _timeless;

    // Those of subtitles wait while nobody knows whether a new clock has begun.
    private readonly Queue<(ScannedTrack Track, SiftedPacket Packet)> _waiting = [];

    /// <summary>Whether there are more clocks than anything that was recorded has.</summary>
    public bool IsHopeless => _pieces.Count > MostPieces;

    /// <summary>Takes the next packet.</summary>
    public void Add(SourcePacket packet)
    {
        if (!_tracks.TryGetValue(packet.Stream, out var track))
            _tracks[packet.Stream] = track = new ScannedTrack(leading.Contains(packet.Stream), Leap);
        var number = track.Packets++;
        if (track.Leads && packet.Duration > 0)
            _timed++;
        else if (track.Leads)
            _timeless++;
        if (rules.At(packet) is not { } at || IsHopeless)
            return;
        if (!track.Leads)
            _waiting.Enqueue((track, new SiftedPacket(packet, number, at)));
        else if (rules.HoldsStamps)
            Add(track, track.Sieve.Take(new SiftedPacket(packet, number, at)));
        else
            Add(track, packet, at, number);
        if (_waiting.Count > 0 && !_tracks.Values.Any(t => t.Sieve.IsHolding))
            AddWaiting();
    }

    private void AddWaiting()
    {
        while (_waiting.TryDequeue(out var next))
            Add(next.Track, next.Packet.Packet, next.Packet.At, next.Packet.Number);
    }

    private void Add(ScannedTrack track, IEnumerable<SiftedPacket> sifted)
    {
        foreach (var (packet, number, at, isDamaged) in sifted)
        {
            if (isDamaged)
                track.Damaged.Add(new DamagedStamp(number, track.Piece, at));
            else
                Add(track, packet, at, number);
        }
    }

    private void Add(ScannedTrack track, SourcePacket packet, double at, long number)
    {
        if (track.Due is null && track.Stretches.Count == 0)
            track.Join(_pieces.Count - 1, number);
        else if (!track.Leads)
            Follow(track, at, number);
        else if (!Lead(track, packet, at, number))
            return;
        Take(track, packet, at, number);
    }

    /// <summary>What was found; to be called once, after the last packet.</summary>
    public SourceClock Finish()
    {
        foreach (var track in _tracks.Values)
            Add(track, track.Sieve.Rest());
        AddWaiting();

        // A last packet that fits nowhere is damaged; one that fits a clock which others have is that clock's.
        foreach (var track in _tracks.Values)
        {
            if (track.Suspect is { } last && Fitting(track, rules.At(last.Packet)!.Value) is { } piece)
            {
                track.Join(piece, last.Number);
                Take(track, last.Packet, rules.At(last.Packet)!.Value, last.Number);
            }
        }
        return ClockLaying.Lay(_pieces, _tracks) with { KnowsEnds = _timed > 0 && _timeless <= 1 };
    }

    // Whether the packet is to be taken now.
    private bool Lead(ScannedTrack track, SourcePacket packet, double at, long number)
    {
        if (track.Suspect is { } suspect)
        {
            track.Suspect = null;
            if (at >= track.Due - Overlap && at <= track.Due + rules.MostGap)
                return true;
            var first = rules.At(suspect.Packet)!.Value;
            if (Fitting(track, first) is { } known)
                track.Join(known, suspect.Number);
            else
                Begin(track, first, suspect.Number);
            Take(track, suspect.Packet, first, suspect.Number);
        }
        if (!Breaks(track, packet, at))
            return true;
        if (Fitting(track, at) is { } piece)
        {
            track.Join(piece, number);
            return true;
        }
        track.Suspect = (packet, number);
        return false;
    }

    private void Begin(ScannedTrack track, double at, long number)
    {
        _pieces.Add(new ClockPiece { Jump = at - track.Due!.Value });
        track.Join(_pieces.Count - 1, number);
    }

    private bool Breaks(ScannedTrack track, SourcePacket packet, double at)
    {
        if (track.Due is not { } due || double.IsPositiveInfinity(rules.MostGap))
            return false;
        var isOrdered = packet.IsKey || (rules.HasDecodingTimes && packet.Dts is not null);
        var early = isOrdered ? Overlap : Math.Max(Reordered, MostPictures * packet.Duration);
        return at < due - early || (at > due + rules.MostGap && !OthersAreThere(track, at));
    }

    private bool OthersAreThere(ScannedTrack track, double at) =>
        _tracks.Values.Any(other => other != track && other.Leads && other.Piece == track.Piece && other.Due > at - ClockPiece.Apart);

    private int? Fitting(ScannedTrack track, double at)
    {
        for (var i = _pieces.Count - 1; i > track.Piece; i--)
        {
            if (_pieces[i].Reaches(at))
                return i;
        }
        return null;
    }

    // Of its two stamps one cannot be right; the one that says when it is decoded is held to those of its neighbours.
    private bool IsTorn(ScannedTrack track, SourcePacket packet)
    {
        if (!track.Leads || !rules.HoldsStamps || packet is not { Pts: { } shown, Dts: { } decoded } || track.At is not { } before)
            return false;
        var most = MostPictures * (decoded - before);
        return shown - decoded > Math.Max(MostAhead, most) || decoded - shown > Math.Max(Reordered, most);
    }

    // A subtitle belongs to the newest clock that it fits; to the one before while that one may still be running.
    private void Follow(ScannedTrack track, double at, long number)
    {
        var (newest, own) = (_pieces[^1], _pieces[track.Piece]);
        var fitsOwn = own.Reaches(at) && at >= track.Due - Overlap;
        var fitsNewest = track.Piece < _pieces.Count - 1 && newest.Reaches(at);
        if (fitsNewest && (!fitsOwn || newest.Now - newest.Start > 1))
            track.Join(_pieces.Count - 1, number);
    }

    private void Take(ScannedTrack track, SourcePacket packet, double at, long number)
    {
        if (IsTorn(track, packet))
        {
            track.Damaged.Add(new DamagedStamp(number, track.Piece, at));
            packet = packet with { Pts = at };
        }
        var (stretch, end) = (track.Stretches[^1], at + packet.Duration);
        var due = rules.HasDecodingTimes || !track.Leads ? end : Math.Max(track.Due ?? end, end);
        if (track.Leads && track.Piece < _pieces.Count - 1)
            _pieces[^1].OthersWentOn += Math.Max(0, due - (track.Due ?? at));
        (track.At, track.Due) = (at, due);
        if (packet.IsDiscarded && track.Piece == 0)
            return;
        var (start, shown) = (packet.Start!.Value, packet.Start.Value + packet.Duration);
        if (track.Leads)
        {
            var piece = _pieces[track.Piece];
            if (double.IsPositiveInfinity(stretch.Start))
                piece.Leaders++;
            piece.Take(at, start, shown);
        }
        stretch.Start = Math.Min(stretch.Start, start);
        stretch.End = Math.Max(stretch.End, shown);
    }
}
