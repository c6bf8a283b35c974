// Most of their time is spent waiting for responses that never come; each has its own provider.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(8)]
