import { spawnSync } from 'node:child_process';
import type { Measurement } from './measure.ts';

/** Whole processes, in turn, so that a machine that slows down slows all of them; the shortest of 20 runs each. */
export function startUpBench(): readonly Measurement[] {
  const commands: { readonly [name: string]: readonly string[] } = {
    'node -e 0': ['-e', '0'],
    'sealcheck --version': ['dist/cli.js', '--version'],
    'sealcheck --help': ['dist/cli.js', '--help'],
    'sealcheck policies list': ['dist/cli.js', 'policies', 'list'],
  };
  const best = new Map<string, number>();
  for (let run = 0; run < 21; run += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const start = performance.now();
      spawnSync(process.execPath, args, { stdio: 'ignore' });
      const took = performance.now() - start;
      if (run > 0) best.set(name, Math.min(best.get(name) ?? Infinity, took));
    }
  }
  const base = best.get('node -e 0') ?? NaN;
  return [...best].slice(1).map(([name, time]) => ({
    name,
    figures: { 'of node -e 0': time / base },
    ...(name.includes('--') ? { goal: '≤ 1.25', met: time / base <= 1.25 } : {}),
  }));
}
