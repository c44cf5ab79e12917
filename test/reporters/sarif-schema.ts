import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

const file = new URL('../fixtures/third-party/sarif-2.1.0/sarif-schema-2.1.0.json', import.meta.url);

/** Validates by the OASIS schema; returns what is wrong. It is draft-04, whose keywords here all mean the same today. */
export function createSarifValidator(): (log: unknown) => readonly string[] {
  const { $schema, id, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  if ($schema !== 'http://json-schema.org/draft-04/schema#' || typeof id !== 'string')
    throw new Error('not the SARIF schema that this was made for');
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  return (log) => (validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`));
}
