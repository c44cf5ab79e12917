import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reporters } from '../src/reporters/index.ts';
import { makeResult } from './make-result.ts';
import { minimum, peakMiB, type Measurement } from './measure.ts';

const few = 20_000;
const many = 60_000;

/**
 * Each format at 60,000 findings: against a third of them (fewer stay in the caches and say nothing of growth), and against
 * JSON.stringify of the same result.
 */
export function reportsBench(): readonly Measurement[] {
  const small = makeResult(few);
  const large = makeResult(many);
  const options = { color: false, columns: 120, links: false, sarif: { unknown: 'all', waived: 'omit' } } as const;
  const base = minimum(() => JSON.stringify(large), 5);
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-bench-'));
  try {
    const file = join(folder, 'findings.json');
    writeFileSync(file, JSON.stringify(large));
    const report = (format: string): number =>
      peakMiB(['dist/cli.js', 'report', file, '-f', `${format}=${join(folder, 'out')}`, '-f', 'text=/dev/null']);
    const least = peakMiB(['dist/cli.js', 'report', file, '-f', 'text=/dev/null', '-f', `github=${join(folder, 'out')}`]);
    return reporters.map(({ name, render }) => {
      const time = minimum(() => render(large, options), 3);
      const growth = time / minimum(() => render(small, options), 5);
      return {
        name: `${name}: 60,000 findings`,
        figures: {
          'of 20,000': growth,
          'of JSON.stringify': time / base,
          'MiB written': render(large, options).text.length / 1024 / 1024,
          'peak memory, of that for annotations alone': report(name) / least,
        },
        goal: '≤ 4 × the 20,000',
        met: growth <= 4,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
