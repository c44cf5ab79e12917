import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { evaluationBench } from './evaluation.ts';
import { gateBench } from './gate.ts';
import { liveBench } from './live.ts';
import type { Measurement } from './measure.ts';
import { packBench } from './pack.ts';
import { reportsBench } from './reports.ts';
import { startUpBench } from './start-up.ts';

/**
 * Measures and prints; with `--write` it also puts the figures into docs/performance.md. Nothing here fails: a number
 * is for people to judge.
 */
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const sections: { readonly [name: string]: () => readonly Measurement[] | Promise<readonly Measurement[]> } = {
  'start-up': startUpBench,
  pack: packBench,
  evaluation: evaluationBench,
  gate: gateBench,
  reports: reportsBench,
  live: liveBench,
};

const lines: string[] = [`Node ${process.versions.node}, ${cpus().length} cores.`];
for (const [name, measure] of Object.entries(sections)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  lines.push('', `### ${name}`, '', '| what | figure | value |', '|---|---|---|');
  for (const { name: what, figures, goal, met } of await measure()) {
    for (const [figure, value] of Object.entries(figures)) lines.push(`| ${what} | ${figure} | ${format(value)} |`);
    if (goal !== undefined) lines.push(`| ${what} | goal: ${goal} | ${met === true ? 'met' : 'missed'} |`);
  }
}
const report = lines.join('\n');
process.stdout.write(`${report}\n`);
if (process.argv.includes('--write')) {
  const file = 'docs/performance.md';
  const [before = '', after = ''] = readFileSync(file, 'utf8').split(/(?<=<!-- measured -->\n)[\s\S]*(?=<!-- end -->)/);
  writeFileSync(file, `${before}\n${report}\n\n${after}`);
}

function format(value: number | string): string {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? value.toLocaleString('en-US') : value.toFixed(2);
}
