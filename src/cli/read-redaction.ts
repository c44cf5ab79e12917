import { readFileSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import { redactables, type Redactable, type ScanResult } from '../model/scan-result.ts';
import { redactResult } from '../reporters/redact/redact-result.ts';
import type { Io } from './io.ts';

export interface RedactFlags {
  readonly redact?: readonly Redactable[];
  readonly redactKeyFile?: string;
}

/** So short a key could be tried out. */
const leastKeyLength = 16;
const makeOne =
  'make one with openssl rand -hex 32 > redact.key, keep it secret and the same from run to run, and give it as --redact-key-file redact.key or in SEALCHECK_REDACT_KEY';

/** How results are redacted before any report is made of them; as they are without `--redact`. Throws UserError without a good key. */
export function readRedaction(
  { redact: what, redactKeyFile: file }: RedactFlags,
  { env }: Pick<Io, 'env'>,
): (result: ScanResult) => ScanResult {
  if (what === undefined) {
    if (file !== undefined)
      throw new UserError('usage', '--redact-key-file goes with --redact', { hint: `say what to redact: ${redactables.join(',')}` });
    return (result) => result;
  }
  const key = (file === undefined ? env['SEALCHECK_REDACT_KEY'] : readKey(file))?.trim();
  if (key === undefined || key === '') {
    throw new UserError('usage', '--redact needs a key: without one, whoever reads the report could try out ids and names', {
      hint: makeOne,
    });
  }
  if (key.length < leastKeyLength) {
    throw new UserError('usage', `the key of --redact is too short: it has fewer than ${leastKeyLength} characters`, { hint: makeOne });
  }
  return (result) => {
    const again = what.filter((kind) => result.run.redacted?.includes(kind) === true);
    if (again.length > 0) {
      throw new UserError('usage', `${again.join(' and ')} of this result are pseudonyms already`, {
        hint: 'redact the result that the scan wrote, or leave --redact out',
      });
    }
    const redacted = redactResult(result, { what, key });
    const before = result.run.redacted ?? [];
    return before.length === 0 ? redacted : { ...redacted, run: { ...redacted.run, redacted: [...before, ...what].sort() } };
  };
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT') throw new UserError('file-not-found', `there is no key file ${file}`, { hint: makeOne, cause: error });
    throw new UserError('file-unreadable', `cannot read the key file ${file}: ${code}`, { cause: error });
  }
}
