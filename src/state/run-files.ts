import { gunzipSync, gzipSync } from 'node:zlib';
import { UserError } from '../model/errors.ts';
import type { RunState } from '../model/run-state.ts';
import { isPlainObject } from '../resources/decode.ts';
import { isRun } from './check-run.ts';
import { runKey, runPrefix, sequenceOf } from './object-names.ts';
import type { StateStore } from './state-store.ts';

/** The sequences of the runs that are kept, ascending. */
export async function listRuns(store: StateStore): Promise<readonly number[]> {
  const keys = await store.list(runPrefix);
  return keys.flatMap((key) => sequenceOf(key) ?? []).sort((a, b) => a - b);
}

/** The run that was kept last; undefined: none was. Throws UserError `state-failed` for what cannot be read as one. */
export async function readNewest(store: StateStore): Promise<RunState | undefined> {
  const newest = (await listRuns(store)).at(-1);
  if (newest === undefined) return undefined;
  const run = await readRun(store, newest);
  if (run === undefined) throw damaged(store, newest, 'it is listed and cannot be found');
  return run;
}

/** One run; undefined: it is not kept, or no more. Throws UserError `state-failed` for what cannot be read as one. */
export async function readRun(store: StateStore, sequence: number): Promise<RunState | undefined> {
  const bytes = await store.read(runKey(sequence));
  return bytes === undefined ? undefined : decodeRun(bytes, store, sequence);
}

/** The bytes of a run: JSON, compressed by gzip. */
export function encodeRun(run: RunState): Buffer {
  return gzipSync(JSON.stringify(run), { level: 4 });
}

function decodeRun(bytes: Buffer, store: StateStore, sequence: number): RunState {
  const json = parse(bytes);
  if (!isPlainObject(json)) throw damaged(store, sequence, 'it is no compressed JSON');
  const { stateVersion, result } = json;
  if (stateVersion !== 1 || (isPlainObject(result) && result['schemaVersion'] !== 1)) {
    throw new UserError('state-failed', `${placeOf(store, sequence)} is of a version that this sealcheck does not read`, {
      hint: 'use the version of sealcheck that wrote it, or a new, empty state',
    });
  }
  if (json['sequence'] !== sequence || !isRun(json)) {
    throw damaged(store, sequence, 'it does not hold a run as sealcheck writes it');
  }
  return json as unknown as RunState;
}

/** Nothing of what stands there is quoted. */
function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(gunzipSync(bytes, { maxOutputLength: 1_000_000_000 }).toString('utf8'));
  } catch {
    return undefined;
  }
}

function damaged(store: StateStore, sequence: number, what: string): UserError {
  return new UserError('state-failed', `${placeOf(store, sequence)} cannot be read: ${what}`, {
    hint: 'put back the object from a copy or an earlier version, or take it away: then the run before it counts as the last',
  });
}

function placeOf({ label }: StateStore, sequence: number): string {
  return `${label.replace(/\/?$/, '/')}${runKey(sequence)}`;
}
