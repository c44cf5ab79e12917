import type { BaselineResult } from '../model/scan-result.ts';

/** `2 new · 1 came back · 40 persisting · 3 not verified · 1 fixed · 0 not judged`; what only a state can tell is left out where it is none. */
export function comparisonWords({ new: fresh, reopened, persisting, unverified, fixed, notJudged }: BaselineResult): string {
  return [
    `${fresh} new`,
    ...(reopened === 0 ? [] : [`${reopened} came back`]),
    `${persisting} persisting`,
    ...(unverified === 0 ? [] : [`${unverified} failed before and could not be verified`]),
    `${fixed.length} fixed`,
    `${notJudged} not judged`,
  ].join(' · ');
}
