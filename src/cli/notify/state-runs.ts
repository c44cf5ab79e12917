import { compareResults, describer } from '../../engine/compare/compare-results.ts';
import type { RunDelta } from '../../model/run-delta.ts';
import type { RunState } from '../../model/run-state.ts';
import type { Compared } from '../../notify/find-changes.ts';
import type { RecordStore } from '../../notify/records.ts';
import { openStore } from '../../state/open-store.ts';
import { readNewest, readRun } from '../../state/run-files.ts';
import type { Io } from '../io.ts';

/** A state as `notify` needs it. The one place that knows how runs are kept and compared. */
export interface StateRuns {
  readonly label: string;
  /** Undefined: none is kept. */
  readonly newest: () => Promise<RunState | undefined>;
  /** Undefined: it is no longer kept. */
  readonly runAt: (sequence: number) => Promise<RunState | undefined>;
  readonly records: RecordStore;
  readonly close: () => void;
}

/** Opens the runs that are kept in a place. Throws UserError. */
export async function openStateRuns(place: string, { env, now }: Io): Promise<StateRuns> {
  const store = await openStore(place, { env, now });
  return {
    label: store.label,
    newest: async () => await readNewest(store),
    runAt: async (sequence) => await readRun(store, sequence),
    records: store,
    close: store.close,
  };
}

/** What is different between two kept runs, and what is open in the second. */
export function compareKept(before: RunState | undefined, after: RunState): Pick<Compared, 'delta' | 'open' | 'unverified'> {
  const { findings } = after.result;
  const open = findings.filter(({ status }) => status === 'fail' || status === 'unknown');
  // What nobody had asked for then was known all the same, and is not new.
  const known = before && { ...before.result, findings: [...before.result.findings, ...before.notJudged] };
  return {
    delta: settle(compareResults(known, after.result), before, after),
    open: open.map(describer(after.result)),
    unverified: open.filter(({ state }) => state === 'unverified').length,
  };
}

/**
 * A state knows more than two results, between which there may have been other runs. What had been fixed before the first of them is open again,
 * not new. What could not be verified stands in the second, so what does not stand there was fixed, or nobody asked for it. What the second waits to
 * judge is not fixed, whatever another source says of the same thing.
 */
function settle(delta: RunDelta, before: RunState | undefined, after: RunState): RunDelta {
  const idsOf = (list: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(list.map(({ id }) => id));
  const [fixedBefore, fixedNow, known] = [idsOf(before?.fixed ?? []), idsOf(after.fixed), idsOf(after.result.findings)];
  const absent = delta.unverified.filter(({ id }) => !known.has(id));
  const gone = absent.filter(({ id }) => fixedNow.has(id)).map((one) => ({ ...one, status: 'pass' as const }));
  const waiting = idsOf(after.notJudged);
  const fixed = delta.fixed.filter(({ id }) => !waiting.has(id));
  return {
    ...delta,
    new: delta.new.filter(({ id }) => !fixedBefore.has(id)),
    reopened: [...delta.reopened, ...delta.new.filter(({ id }) => fixedBefore.has(id))],
    unverified: delta.unverified.filter(({ id }) => known.has(id)),
    fixed: [...fixed, ...gone],
    notJudged: delta.notJudged + absent.length - gone.length + (delta.fixed.length - fixed.length),
  };
}
