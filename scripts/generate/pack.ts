import { join } from 'node:path';
import { compilePack } from '../../src/policy/pack.ts';
import { writeIfDifferent } from './write-if-different.ts';

/** The built-in policies, compiled, and their tests apart, because only `sealcheck test` reads those. */
export function generate(root: string): void {
  const { policies, tests } = compilePack(join(root, 'policies'));
  writeIfDifferent(root, 'generated/pack.json', `${JSON.stringify(policies)}\n`);
  writeIfDifferent(root, 'generated/pack-tests.json', `${JSON.stringify(tests)}\n`);
}
