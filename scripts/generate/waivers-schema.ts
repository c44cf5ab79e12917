import { waiversSchema } from '../../src/policy/waivers/waivers-schema.ts';
import { writeIfDifferent } from './write-if-different.ts';

/** The schema for editors, published with the package. */
export function generate(root: string): void {
  writeIfDifferent(root, 'schemas/waivers.schema.json', `${JSON.stringify(waiversSchema(), undefined, 2)}\n`);
}
