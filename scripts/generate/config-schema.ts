import { configSchema } from '../../src/cli/config/config-schema.ts';
import { writeIfDifferent } from './write-if-different.ts';
import { writeValidator } from './write-validator.ts';

/** The schema of sealcheck.config.yaml: for editors, published with the package, and compiled for the loader. */
export async function generate(root: string): Promise<void> {
  writeIfDifferent(root, 'schemas/config.schema.json', `${JSON.stringify(configSchema(), undefined, 2)}\n`);
  await writeValidator(root, 'validate-config', configSchema());
}
