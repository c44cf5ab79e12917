import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanResult } from '../src/model/scan-result.ts';
import { reporters } from '../src/reporters/index.ts';
import { makeResult } from './make-result.ts';
import type { Measurement } from './measure.ts';
import { peakMiB, shortest } from './processes.ts';

const few = 6_000;
const many = 60_000;

/** Each format of a saved result as a whole process, against what nobody can do without: start Node, read the file, parse it. */
export function reportsBench(): readonly Measurement[] {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-bench-'));
  try {
    execFileSync(process.execPath, ['dist/cli.js', 'demo', '-o', folder], { stdio: 'ignore' });
    const base = JSON.parse(readFileSync(join(folder, 'findings.json'), 'utf8')) as ScanResult;
    const file = (count: number): string => {
      const path = join(folder, `${count}.json`);
      writeFileSync(path, JSON.stringify(makeResult(base, count)));
      return path;
    };
    const [small, large] = [file(few), file(many)];
    const parse = (path: string): readonly string[] => ['-e', `JSON.parse(require('fs').readFileSync(${JSON.stringify(path)},'utf8'))`];
    const report = (name: string, path: string): readonly string[] => [
      'dist/cli.js',
      'report',
      path,
      '-f',
      `${name}=${join(folder, name)}`,
    ];
    const size = statSync(large).size / 1024 / 1024;
    return reporters.map(({ name }) => {
      const times = shortest({ base: parse(large), few: report(name, small), many: report(name, large) }, 2);
      const growth = times.many / times.few;
      return {
        name: `report: ${many.toLocaleString('en-US')} findings of ${Math.round(size)} MiB as ${name}`,
        figures: {
          [`of ${few.toLocaleString('en-US')} findings`]: growth,
          'of start, read and parse': times.many / times.base,
          'peak memory of the file size': peakMiB(report(name, large)) / size,
          'size in MiB': statSync(join(folder, name)).size / 1024 / 1024,
        },
        goal: '≤ 11 × a tenth of the findings',
        met: growth <= 11,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
