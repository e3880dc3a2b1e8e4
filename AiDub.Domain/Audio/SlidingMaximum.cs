namespace AiDub.Domain.Audio;

/// <summary>The highest of the last so many values.</summary>
/// <param name="window">How many values count, 1 or more.</param>
internal sealed class SlidingMaximum(int window)
{
    // Values that can still become the highest, falling, in a ring.
    private readonly double[] _values = new double[window + 1];
    private readonly long[] _places = new long[window + 1];
    private long _head;
    private long _tail;
    private long _count;

    /// <summary>Takes a value; returns the highest of the window that ends with it.</summary>
    public double Next(double value)
    {
        var size = window + 1;
        while (_tail > _head && _values[(_tail - 1) % size] <= value)
            _tail--;
        (_values[_tail % size], _places[_tail % size]) = (value, _count++);
        _tail++;
        if (_places[_head % size] < _count - window)
            _head++;
        return _values[_head % size];
    }
}
