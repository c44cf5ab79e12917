import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeValidator } from './write-validator.ts';

/** Validates a saved result that is read again: it may be of hundreds of thousands of findings, so that the first error ends it. */
export async function generate(root: string): Promise<void> {
  const schema = JSON.parse(readFileSync(join(root, 'schemas/findings.schema.json'), 'utf8')) as Record<string, unknown>;
  await writeValidator(root, 'validate-findings', schema, { allErrors: false });
}
