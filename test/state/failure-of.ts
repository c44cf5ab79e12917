import { expect } from 'vitest';
import { UserError } from '../../src/model/errors.ts';

/** The UserError that a call ends with, as a user reads it; a cause of S3 would lead to the headers of the request. */
export async function failureOf(call: Promise<unknown>): Promise<{ code: string; message: string; hint: string }> {
  const error: unknown = await call.then(
    (value) => expect.fail(`it went well: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error;
  return { code: error.code, message: error.message, hint: error.hint ?? '' };
}
