// Most of their time is waiting for answers that do not come; each has a provider of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(8)]
