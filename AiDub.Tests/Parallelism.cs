// Fixtures run beside each other: most of them wait, for processes, leases and time limits. One that measures its whole process, or times a
// browser, says that it is not parallelizable, and runs by itself after all others.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
