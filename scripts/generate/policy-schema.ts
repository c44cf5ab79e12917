import { policySchema } from '../../src/policy/policy-schema.ts';
import { writeIfDifferent } from './write-if-different.ts';

/** The schema for editors, published with the package. */
export function generate(root: string): void {
  writeIfDifferent(root, 'schemas/policy.schema.json', `${JSON.stringify(policySchema(), undefined, 2)}\n`);
}
