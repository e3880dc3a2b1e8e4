namespace AiDub.Jobs.Engines.Demucs;

/// <summary>What is asked of Demucs's process: a part of a recording without its voices.</summary>
/// <param name="Recording">The absolute path of 32-bit floats, left and right interleaved, 44.1 kHz.</param>
/// <param name="Background">The absolute path of the file to write into, of the same kind and at the same frames.</param>
/// <param name="Part">Which part it is, from 0: each is <see cref="DemucsWindows.PartWindows"/> windows long.</param>
/// <param name="Mean">The mean of the recording's middle.</param>
/// <param name="Deviation">Its standard deviation; more than 0.</param>
internal sealed record DemucsAsk(string Recording, string Background, int Part, double Mean, double Deviation);

/// <summary>What it answers.</summary>
/// <param name="IsLast">Whether the recording ends within that part.</param>
internal sealed record DemucsAnswer(bool IsLast);
