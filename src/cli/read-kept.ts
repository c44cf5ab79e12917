import { UserError } from '../model/errors.ts';
import type { RunState } from '../model/run-state.ts';
import { openStore } from '../state/open-store.ts';
import { listRuns, readRun } from '../state/run-files.ts';
import type { StateStore } from '../state/state-store.ts';
import type { Io } from './io.ts';

/**
 * Two kept runs by their numbers: the last and the one before it, where they are not given. The earlier is undefined where the later is the first.
 * Throws UserError where there is none of a number.
 */
export async function readPair(
  place: string,
  from: number | undefined,
  to: number | undefined,
  profile: string | undefined,
  io: Io,
): Promise<readonly [RunState | undefined, RunState]> {
  const store = await openStore(place, { env: io.env, now: io.now, ...(profile === undefined ? {} : { profile }) });
  try {
    const kept = await listRuns(store);
    const last = to ?? kept.at(-1);
    if (last === undefined) {
      throw new UserError('input-invalid', `no run is kept in ${store.label}`, { hint: 'keep one with sealcheck scan --state-dir' });
    }
    const before = from ?? kept.filter((sequence) => sequence < last).at(-1);
    const later = await readOne(store, last, kept);
    return [before === undefined ? undefined : await readOne(store, before, kept), later];
  } finally {
    store.close();
  }
}

async function readOne(store: StateStore, sequence: number, kept: readonly number[]): Promise<RunState> {
  const run = kept.includes(sequence) ? await readRun(store, sequence) : undefined;
  if (run !== undefined) return run;
  throw new UserError('input-invalid', `run ${sequence} is not kept in ${store.label}`, {
    hint: kept.length === 0 ? 'no run is' : `there are runs ${kept[0] ?? ''} to ${kept.at(-1) ?? ''}, but for those that were too old`,
  });
}
