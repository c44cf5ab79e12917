import { UserError } from '../model/errors.ts';
import type { RunState } from '../model/run-state.ts';
import type { ScanResult } from '../model/scan-result.ts';
import { runKey } from './object-names.ts';
import { encodeRun, listRuns, readNewest, readRun } from './run-files.ts';
import type { StateStore } from './state-store.ts';

export interface Keeping {
  /** How many days a run is kept; the last ones are in any case. */
  readonly retainDays: number;
  /** Epoch milliseconds: days are counted from here. */
  readonly now: number;
  /** `findings.json` of a result. */
  readonly render: (result: ScanResult) => string;
  /** Told what went wrong once the run was kept, and takes nothing from it: old runs that could not be taken away. */
  readonly warn: (text: string) => void;
}

const dayMs = 24 * 60 * 60 * 1000;
const mostAttempts = 20;
/** Never taken away: a run that takes long may still be compared with one of them. */
const alwaysKept = 10;

/** Names of what is made of the newest run for people and programs; the runs themselves are what counts. */
const latestFindings = 'latest/findings.json';
const historyFile = 'history.ndjson';

/**
 * Keeps a run after the one that is the last now. `make` is told which that is, and is asked again where another run was kept meanwhile: of two
 * runs at once one is compared with the other, and none is lost. A run is one object, which is there as a whole or not at all.
 *
 * Throws UserError `state-failed`: the run is not kept, unless the message says so.
 */
export async function keepRun(
  store: StateStore,
  previous: RunState | undefined,
  make: (previous: RunState | undefined) => RunState,
  keeping: Keeping,
): Promise<RunState> {
  let before = previous;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const run = make(before);
    if (await store.putIfAbsent(runKey(run.sequence), encodeRun(run))) {
      await naming(run, async () => await publish(store, run, keeping));
      await prune(store, run, keeping);
      return run;
    }
    before = await readNewest(store);
  }
  throw new UserError(
    'state-failed',
    `the run could not be kept in ${store.label}: others were kept before it, ${mostAttempts} times over`,
    {
      hint: 'run one at a time',
    },
  );
}

/**
 * Writes what is made of the newest run. Whoever finds that a newer one has come meanwhile writes again, so that in the end it is the newest
 * whichever of two writers was the last. A run that was killed before this leaves the old ones, and the next run makes them new.
 */
async function publish(store: StateStore, own: RunState, { render }: Keeping): Promise<void> {
  for (let run = own; ;) {
    await store.put(historyFile, Buffer.from(run.history.map((point) => `${JSON.stringify(point)}\n`).join('')));
    await store.put(latestFindings, Buffer.from(render(run.result)));
    const newest = (await listRuns(store)).at(-1) ?? run.sequence;
    if (newest <= run.sequence) return;
    const newer = await readRun(store, newest);
    if (newer === undefined) return;
    run = newer;
  }
}

/** What was kept is kept, whatever happens to what is made of it. */
async function naming({ sequence }: RunState, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message, hint, cause } = error;
    throw new UserError(code, `run ${sequence} is kept, but not what is made of it: ${message}`, {
      ...(hint === undefined ? {} : { hint }),
      cause,
    });
  }
}

/**
 * Takes away runs that are older than wanted. When they were is in the history; what is older than all of that, the run itself says, as the
 * history has an end that may be younger than the days that runs are kept.
 */
async function prune(store: StateStore, { history, sequence }: RunState, { retainDays, now, warn }: Keeping): Promise<void> {
  const times = new Map(history.map((point) => [point.sequence, Date.parse(point.asOf)]));
  const oldest = now - retainDays * dayMs;
  try {
    for (const each of await listRuns(store)) {
      // They are in the order of their time.
      if (each > sequence - alwaysKept || (times.get(each) ?? (await timeOf(store, each))) >= oldest) break;
      await store.remove(runKey(each));
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    warn(`runs older than ${retainDays} days could not be taken away: ${error.message}`);
  }
}

/** When a run was, epoch milliseconds; what cannot be read counts as old. */
async function timeOf(store: StateStore, sequence: number): Promise<number> {
  try {
    return Date.parse((await readRun(store, sequence))?.result.run.asOf ?? '1970-01-01T00:00:00.000Z');
  } catch (error) {
    if (error instanceof UserError) return 0;
    throw error;
  }
}
