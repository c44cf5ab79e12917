import type { DeltaFinding, RunDelta } from '../../model/run-delta.ts';
import { isHash } from '../text-marks.ts';

/** A kind of change, in the order in which people should read them. */
export interface DeltaGroup {
  readonly word: string;
  readonly findings: readonly DeltaFinding[];
}

/** Those that there are. */
export function deltaGroups(delta: RunDelta): readonly DeltaGroup[] {
  const all: readonly DeltaGroup[] = [
    { word: 'new', findings: delta.new },
    { word: 'came back', findings: delta.reopened },
    { word: 'failed before, not verified now', findings: delta.unverified },
    { word: 'fixed', findings: delta.fixed },
    { word: 'waived', findings: delta.waived },
  ];
  return all.filter(({ findings }) => findings.length > 0);
}

/** `2 new · 40 persisting · 1 fixed · 0 not judged`. */
export function deltaCounts(delta: RunDelta): string {
  const { persisting, notJudged } = delta;
  return [
    `${delta.new.length} new`,
    ...(delta.reopened.length === 0 ? [] : [`${delta.reopened.length} came back`]),
    `${persisting} persisting`,
    ...(delta.unverified.length === 0 ? [] : [`${delta.unverified.length} not verified any more`]),
    `${delta.fixed.length} fixed`,
    ...(delta.waived.length === 0 ? [] : [`${delta.waived.length} waived`]),
    `${notJudged} not judged`,
  ].join(' · ');
}

/** The name of what was live, the address in code, and the item. */
export function deltaSubject({ scope, name, address, itemKey }: DeltaFinding): string {
  const subject = scope.startsWith('aws/') ? name : address;
  return itemKey === undefined || isHash(itemKey) ? subject : `${subject} (${itemKey})`;
}
