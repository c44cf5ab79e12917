import { UserError } from '../model/errors.ts';
import type { RunState } from '../model/run-state.ts';
import { toJsonText } from '../reporters/json-text.ts';
import { keepRun } from '../state/keep-run.ts';
import { openStore } from '../state/open-store.ts';
import { readNewest } from '../state/run-files.ts';
import type { Io } from './io.ts';

/** What `--state-dir` and `--retain` say. */
export interface StateFlags {
  readonly stateDir: string;
  /** Days. */
  readonly retain: number;
}

export interface KeptRuns {
  /** The run that was kept last, read before this one began; undefined: there is none. */
  readonly previous: RunState | undefined;
  /**
   * Makes the run and keeps it, compared with the one that is the last by then. Where it cannot be kept, `error` says why: it is for the caller to throw
   * it once the reports are written, as the scan may have taken long.
   */
  readonly keep: (make: (previous: RunState | undefined) => RunState) => Promise<{ readonly run: RunState; readonly error?: UserError }>;
  readonly close: () => void;
}

/** Opens the runs that are kept in a place, and reads the last. Throws UserError: before the scan, so that it is not in vain. */
export async function openRuns({ stateDir, retain }: StateFlags, profile: string | undefined, io: Io): Promise<KeptRuns> {
  const store = await openStore(stateDir, { env: io.env, now: io.now, ...(profile === undefined ? {} : { profile }) });
  try {
    const previous = await readNewest(store);
    return {
      previous,
      close: store.close,
      keep: async (make) => {
        let made: RunState | undefined;
        const remember = (before: RunState | undefined): RunState => (made = make(before));
        try {
          const run = await keepRun(store, previous, remember, { retainDays: retain, now: io.now(), render: toJsonText });
          io.stderr.write(`kept as run ${run.sequence} in ${store.label}\n`);
          return { run };
        } catch (error) {
          if (!(error instanceof UserError) || made === undefined) throw error;
          return { run: made, error };
        }
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Runs go forward in time: one that is older than the last would find that later things are not there yet. Throws UserError. */
export function checkOrder(previous: RunState | undefined, asOf: number): void {
  if (previous === undefined || asOf >= Date.parse(previous.result.run.asOf)) return;
  const moment = new Date(asOf).toISOString();
  throw new UserError('usage', `this run is as of ${moment}, before the last one that is kept (${previous.result.run.asOf})`, {
    hint: 'runs are kept in the order of their time: leave out --state-dir, or use another',
  });
}
