/** The processor's time of this process in ms: unlike the clock it does not run on while others use the machine. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The processor's time of the fastest of three runs: the first may have to compile or to collect garbage. */
export function fastestCpuMs(run: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const startMs = cpuMs();
    run();
    return cpuMs() - startMs;
  });
  return Math.min(...times);
}
