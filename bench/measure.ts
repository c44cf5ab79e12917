import { spawnSync } from 'node:child_process';

/** One line of the report: figures are ratios or counts, never bare times, which say more of the machine than of us. */
export interface Measurement {
  readonly name: string;
  readonly figures: { readonly [name: string]: number | string };
  readonly goal?: string;
  readonly met?: boolean;
}

/** The shortest of several runs, in milliseconds, after one that does not count: what the work costs when nothing disturbs it. */
export function minimum(work: () => unknown, runs: number): number {
  work();
  let best = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Peak memory of the command, as it reports it itself at its end. */
export function peakMiB(command: readonly string[]): number {
  const report = "process.on('exit',()=>process.stderr.write('\\nRSS '+process.resourceUsage().maxRSS))";
  const { stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(report)}`, ...command], {
    encoding: 'utf8',
  });
  return Number(/RSS (\d+)/.exec(stderr)?.[1] ?? NaN) / 1024;
}
