import { spawnSync } from 'node:child_process';

/** In turn, so that a machine that slows down slows all of them. Milliseconds; the first run does not count. */
export function shortest<Name extends string>(
  commands: { readonly [name in Name]: readonly string[] },
  runs: number,
): { readonly [name in Name]: number } {
  const names = Object.keys(commands) as Name[];
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as { [name in Name]: number };
  for (let run = 0; run <= runs; run += 1) {
    for (const name of names) {
      const start = performance.now();
      spawnSync(process.execPath, [...commands[name]], { stdio: 'ignore' });
      if (run > 0) best[name] = Math.min(best[name], performance.now() - start);
    }
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
