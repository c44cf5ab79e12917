import { policyStructureSchema } from '../../src/policy/policy-schema.ts';
import { writeValidator } from './write-validator.ts';

/** Validates the structure of a policy file; fixtures are the loader's own work. */
export async function generate(root: string): Promise<void> {
  await writeValidator(root, 'validate-policy', policyStructureSchema());
}
