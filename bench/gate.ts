import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePlan } from './make-plan.ts';
import { makeTemplate } from './make-template.ts';
import { peakMiB, type Measurement } from './measure.ts';

/** The gate as a whole process against what nobody can do without: start Node, read the file, parse it. */
export function gateBench(): readonly Measurement[] {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-bench-'));
  try {
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const small = file('5000.json', makePlan(5000));
    const faulty = file('5000-faulty.json', makePlan(5000, 'every'));
    const large = file('50000.json', makePlan(50_000));
    const template = file('template.yaml', makeTemplate(1_000_000));
    const scan = (path: string): readonly string[] => [
      'dist/cli.js',
      'scan',
      path,
      '-q',
      '-f',
      `json=${join(folder, 'o.json')}`,
      '-f',
      `sarif=${join(folder, 'o.sarif')}`,
    ];
    const parse = (path: string): readonly string[] => ['-e', `JSON.parse(require('fs').readFileSync(${JSON.stringify(path)},'utf8'))`];
    const best = shortest({ base: parse(small), gate: scan(small), faultyBase: parse(faulty), faulty: scan(faulty) }, 20);
    const big = shortest({ base: parse(large), gate: scan(large), template: scan(template) }, 5);
    const memory = peakMiB(scan(large));
    const ratio = best.gate / best.base;
    const growth = big.gate / best.gate;
    const size = statSync(large).size / 1024 / 1024;
    return [
      {
        name: `gate: 5,000 resources, ${mebibytes(small)} MiB, JSON and SARIF out`,
        figures: { 'of start, read and parse': ratio },
        goal: '≤ 1.5',
        met: ratio <= 1.5,
      },
      {
        name: `gate: the same where every unit is wrong, ${mebibytes(faulty)} MiB`,
        figures: { 'of start, read and parse': best.faulty / best.faultyBase },
      },
      {
        name: `gate: 50,000 resources, ${Math.round(size)} MiB`,
        figures: { 'of the 5,000': growth, 'of start, read and parse': big.gate / big.base, 'peak memory of the file size': memory / size },
        goal: '≤ 11 × the 5,000; memory ≤ 6 × the file',
        met: growth <= 11 && memory / size <= 6,
      },
      {
        name: `template: ${mebibytes(template)} MiB of YAML, JSON and SARIF out`,
        figures: { 'of a 5,000-resource plan': big.template / best.gate },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In turn, so that a machine that slows down slows all of them. Milliseconds; the first run does not count. */
function shortest<Name extends string>(
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

function mebibytes(path: string): string {
  return (statSync(path).size / 1024 / 1024).toFixed(1);
}
