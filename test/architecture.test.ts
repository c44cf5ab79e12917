import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layers } from '../layers.mjs';
import { cruiseSrc, ruleNames } from './setup/cruise-src.ts';
import { plants } from './setup/planted-imports.ts';
import { plantTree } from './setup/plant-tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
describe('src', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await cruiseSrc(root);
  });

  it('has no import against the direction of the layers', () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it('was looked at in every file', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const cruised = result.modules.filter((module) => module.source.startsWith('src/'));
    expect(cruised.map((module) => module.source.slice('src/'.length)).sort()).toEqual(files.sort());
  });

  it('has a folder for every layer, and a layer for every folder', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const named = Object.keys(layers).filter((layer) => layer !== 'composition');
    expect(folders.map((folder) => folder.name).sort()).toEqual(named.sort());
  });
});

describe('a tree of planted imports', () => {
  const planted = plantTree(plants);
  let violations: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    const { summary } = await cruiseSrc(planted.root);
    const rulesOf = (file: string) => summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
    violations = new Map(summary.violations.map(({ from }) => [from, rulesOf(from)]));
  });
  afterAll(planted.remove);

  it.each(ruleNames)('is caught by %s wherever it breaks that', (rule) => {
    const breaking = plants.filter((plant) => plant.breaks === rule);
    expect(breaking).not.toEqual([]);
    expect(breaking.filter(({ file }) => !violations.get(file)?.includes(rule))).toEqual([]);
  });

  it('passes where it is allowed', () => {
    const allowed = plants.filter((plant) => plant.breaks === undefined);
    expect(allowed.filter(({ file }) => violations.has(file))).toEqual([]);
  });
});
