import type * as library from '../src/index.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { minimum, type Measurement } from './measure.ts';

type Library = typeof library;

/**
 * The pack as a scan loads it (types checked and conditions compiled when the package was built), and from its YAML files, as the policies
 * of a user are: parsed, validated, type-checked and with their tests.
 */
export async function packBench(): Promise<readonly Measurement[]> {
  const { loadPolicies, selectPolicies } = (await import(new URL('../dist/index.js', import.meta.url).href)) as Library;
  const { policies } = loadPolicies(['policies'], { builtin: true });
  const packed = readFileSync('generated/pack.json', 'utf8');
  const compiled = minimum(() => {
    selectPolicies(JSON.parse(packed) as typeof policies, { ids: [], tags: [], params: [] });
  }, 20);
  const files = readdirSync('policies', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const texts = files.map((name) => readFileSync(`policies/${name}`, 'utf8'));
  const yaml = minimum(() => texts.map((text) => parseDocument(text)), 5);
  const checked = minimum(() => loadPolicies(['policies'], { builtin: true }), 5);
  return [
    {
      name: `the built-in pack, ${policies.length} policies, checked at build time`,
      // A goal that is a time: everything else here is a ratio.
      figures: { 'of 40 ms': compiled / 40 },
      goal: '< 40 ms',
      met: compiled < 40,
    },
    {
      name: 'the same from YAML, type-checked, with its tests',
      figures: { 'of 40 ms': checked / 40, 'of parsing the YAML alone': checked / yaml },
    },
  ];
}
