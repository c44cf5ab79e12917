import { waiversStructureSchema } from '../../src/policy/waivers/waivers-schema.ts';
import { writeValidator } from './write-validator.ts';

/** Validates the structure of a file of waivers; days and what belongs together are the loader's own work. */
export async function generate(root: string): Promise<void> {
  await writeValidator(root, 'validate-waivers', waiversStructureSchema());
}
