// Fixtures of faults mostly wait, for leases and time limits; nothing else runs beside others.
[assembly: LevelOfParallelism(3)]
