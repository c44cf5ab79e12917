import type { DeltaFinding, DeltaGap, RunDelta } from '../model/run-delta.ts';
import type { RunState } from '../model/run-state.ts';
import type { ScanResult, WaiverUse } from '../model/scan-result.ts';
import type { WaiverStage } from './message.ts';

/** A run, and the one before it that a channel was told of. */
export interface Compared {
  /** Absent: the channel was told of none yet, or of one that is no longer kept. */
  readonly before?: RunState;
  readonly after: RunState;
  readonly delta: RunDelta;
  /** All that is open in `after`, with the moment that it is due by where there is one. */
  readonly open: readonly DeltaFinding[];
  /** How many of these failed when they were last judged, and could not be verified in `after`. */
  readonly unverified: number;
}

/** What is worth a message. */
export interface Changes extends Pick<RunDelta, 'new' | 'reopened' | 'unverified' | 'fixed' | 'waived' | 'newGaps'> {
  readonly overdue: readonly DeltaFinding[];
  readonly goneGaps: readonly DeltaGap[];
  readonly waivers: readonly { readonly waiver: WaiverUse; readonly stage: WaiverStage }[];
  readonly outcome: boolean;
}

/** Waivers are told of that long before their last day. */
const expiringDays = 14;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * All that is different since the run before. Everything is judged at the clocks of the two runs, so that the same two runs always say the
 * same: overdue is what was due between them, and a waiver counts where it is at another stage than it was. Without a run before, new and
 * the like are empty, and the rest is what stands now.
 */
export function findChanges({ before, after, delta, open }: Compared): Changes {
  const overdueBefore = before === undefined ? undefined : Date.parse(before.result.run.asOf);
  const overdue = overdueNow(open, after.result.run.asOf).filter(
    ({ dueAt }) => overdueBefore === undefined || Date.parse(dueAt) >= overdueBefore,
  );
  const stages = new Map(before === undefined ? [] : stagesOf(before.result).map(({ waiver, stage }) => [waiver.id, stage]));
  const waivers = stagesOf(after.result).filter(({ waiver, stage }) => stages.get(waiver.id) !== stage);
  if (before === undefined) {
    const none = { new: [], reopened: [], unverified: [], fixed: [], waived: [], goneGaps: [], outcome: false };
    return { ...none, overdue, waivers, newGaps: gapsOf(after.result) };
  }
  const outcome = before.result.run.outcome !== after.result.run.outcome;
  return {
    new: delta.new,
    reopened: delta.reopened,
    unverified: delta.unverified,
    fixed: delta.fixed,
    waived: delta.waived,
    newGaps: delta.newGaps,
    goneGaps: goneGaps(before.result, after.result),
    ...{ overdue, waivers, outcome },
  };
}

/** Whether any of it is worth a message by itself. What was waived alone is not: somebody has just done that. */
export function isChange(changes: Changes): boolean {
  const { new: fresh, reopened, unverified, fixed, overdue, newGaps, goneGaps, waivers, outcome } = changes;
  return outcome || [fresh, reopened, unverified, fixed, overdue, newGaps, goneGaps, waivers].some((list) => list.length > 0);
}

/** Those whose moment has passed. */
export function overdueNow(open: readonly DeltaFinding[], asOf: string): readonly (DeltaFinding & { readonly dueAt: string })[] {
  const now = Date.parse(asOf);
  return open.flatMap((one) => (one.dueAt !== undefined && Date.parse(one.dueAt) < now ? [{ ...one, dueAt: one.dueAt }] : []));
}

/** Gaps that nobody has accepted, one for each scope and action. */
export function gapsOf({ scopes }: ScanResult): readonly DeltaGap[] {
  const gaps = scopes.flatMap(({ id, gaps: all }) =>
    all.filter(({ waiver }) => waiver === undefined).map(({ action, reason }): DeltaGap => ({ scope: id, action, reason })),
  );
  return [...new Map(gaps.map((gap) => [gapKey(gap), gap])).values()];
}

/** What could not be read before and can be now; of a scope that this run did not read, or for fewer policies, nothing is known. */
function goneGaps(before: ScanResult, after: ScanResult): readonly DeltaGap[] {
  const judged = new Set(after.policies.flatMap(({ id, aliases }) => [id, ...aliases]));
  if (!before.policies.every(({ id }) => judged.has(id))) return [];
  const read = new Set(after.scopes.filter(({ status }) => status !== 'failed').map(({ id }) => id));
  const still = new Set(after.scopes.flatMap(({ id, gaps }) => gaps.map(({ action }) => gapKey({ scope: id, action }))));
  return gapsOf(before).filter((gap) => read.has(gap.scope) && !still.has(gapKey(gap)));
}

function gapKey({ scope, action }: Pick<DeltaGap, 'scope' | 'action'>): string {
  return JSON.stringify([scope, action]);
}

/** Waivers near their end or past it. One that speaks of nothing makes no difference when it ends. */
function stagesOf({ run }: ScanResult): Changes['waivers'] {
  const now = Date.parse(run.asOf);
  return (run.waivers?.waivers ?? []).flatMap((waiver) => {
    if (waiver.use === 'unused' || waiver.state === 'not-yet') return [];
    // It holds until its last day is over.
    const left = Date.parse(`${waiver.expires}T00:00:00Z`) + dayMs - now;
    const stage: WaiverStage | undefined = left <= 0 ? 'expired' : left <= (expiringDays + 1) * dayMs ? 'expiring' : undefined;
    return stage === undefined ? [] : [{ waiver, stage }];
  });
}
