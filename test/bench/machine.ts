import { availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** What the figures depend on, in one line: they compare only within a run. */
export function machine(): string {
  const load = loadavg()
    .map(each => each.toFixed(1))
    .join(' ');
  return [
    new Date().toISOString().slice(0, 16),
    `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `${platform()}, Node ${process.versions.node}`,
    `load ${load}`,
  ].join(' · ');
}
