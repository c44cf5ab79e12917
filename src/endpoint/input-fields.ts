import { ServiceError, validationError } from './service-error.ts';

/** A field of a request that must be text. */
export function requiredText(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw validationError(`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`);
}

/** A field of a request that must be a list of texts. */
export function textList(input: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new ServiceError('SerializationException', `${name} is not a list of strings`);
}

/** Refuses what would change the answer and is not served here, so that nobody takes an unfiltered list for a filtered one. */
export function refuseFields(input: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  for (const name of names) {
    const value = input[name];
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) continue;
    throw validationError(`The embedded endpoint does not serve ${name}.`);
  }
}
