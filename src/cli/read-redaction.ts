import { readFileSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import { redactables, type Redactable, type ScanResult } from '../model/scan-result.ts';
import type { HistoryPoint } from '../model/history-point.ts';
import { redactHistory } from '../reporters/redact/redact-history.ts';
import { redactResult, type Redaction } from '../reporters/redact/redact-result.ts';
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
export function readRedaction(flags: RedactFlags, io: Pick<Io, 'env'>): (result: ScanResult) => ScanResult {
  const redaction = redactionOf(flags, io);
  if (redaction === undefined) return (result) => result;
  const { what } = redaction;
  return (result) => {
    const again = what.filter((kind) => result.run.redacted?.includes(kind) === true);
    if (again.length > 0) {
      throw new UserError('usage', `${again.join(' and ')} of this result are pseudonyms already`, {
        hint: 'redact the result that the scan wrote, or leave --redact out',
      });
    }
    const redacted = redactResult(result, redaction);
    const before = result.run.redacted ?? [];
    return before.length === 0 ? redacted : { ...redacted, run: { ...redacted.run, redacted: [...before, ...what].sort() } };
  };
}

/** The same for the history that is drawn beside a result. Throws UserError without a good key. */
export function readHistoryRedaction(
  flags: RedactFlags,
  io: Pick<Io, 'env'>,
): (history: readonly HistoryPoint[]) => readonly HistoryPoint[] {
  const redaction = redactionOf(flags, io);
  return redaction === undefined ? (history) => history : (history) => redactHistory(history, redaction);
}

/** What the flags say; undefined without `--redact`. */
function redactionOf({ redact: what, redactKeyFile: file }: RedactFlags, { env }: Pick<Io, 'env'>): Redaction | undefined {
  if (what === undefined) {
    if (file !== undefined)
      throw new UserError('usage', '--redact-key-file goes with --redact', { hint: `say what to redact: ${redactables.join(',')}` });
    return undefined;
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
  return { what, key };
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
