// Fixtures of faults mostly wait, for leases and time limits: they run beside each other and beside the odd clips, the others one by one.
[assembly: LevelOfParallelism(4)]
