import { join } from 'node:path';
import { coverFrameworks, loadFrameworks } from '../../src/policy/load-frameworks.ts';
import { compilePack } from '../../src/policy/pack.ts';
import { writeIfDifferent } from './write-if-different.ts';

/**
 * The built-in policies, compiled, and their tests apart, because only `sealcheck test` reads those; and the frameworks
 * that the policies claim requirements of, which only `sealcheck report` reads.
 */
export function generate(root: string): void {
  const frameworks = loadFrameworks(join(root, 'frameworks'));
  const { policies, tests } = compilePack(join(root, 'policies'), frameworks);
  writeIfDifferent(root, 'generated/pack.json', `${JSON.stringify(policies)}\n`);
  writeIfDifferent(root, 'generated/pack-tests.json', `${JSON.stringify(tests)}\n`);
  writeIfDifferent(root, 'generated/frameworks.json', `${JSON.stringify(coverFrameworks(frameworks, policies))}\n`);
}
