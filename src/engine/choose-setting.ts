import type { PolicySetting, SelectedPolicy } from '../model/policy.ts';
import type { Resource, Scope } from '../model/resource.ts';
import type { Unknown } from '../model/unknown.ts';
import { createJudge, type Judge } from './judge.ts';
import { matchResource } from './match-resource.ts';

/** How a policy judges one resource. */
export interface Choice {
  /** More than one where it is not known which override applies: any of them may be right. */
  readonly judges: readonly [Judge, ...Judge[]];
  /** What would decide between them, for people: `the override at sealcheck.config.yaml:12`. */
  readonly decidedBy: string;
  /** What would have to be known to decide; empty where there is one judge. */
  readonly open: readonly Unknown[];
}

/**
 * The settings of a policy as judges: one for each set of params, made when a resource first needs it. The first override
 * that matches counts; those that may match stand beside what comes after them. Attributes must have their unknowns placed.
 */
export function createChooser(
  { policy, params, off, overrides }: SelectedPolicy,
  now: number,
): (resource: Resource, scope: Scope) => Choice {
  const made = new Map<string, Judge>();
  const judgeOf = (setting: PolicySetting): Judge => {
    const key = JSON.stringify(setting);
    const judge = made.get(key) ?? makeJudge(setting);
    made.set(key, judge);
    return judge;
  };
  const makeJudge = (setting: PolicySetting): Judge => {
    if (setting.kind === 'judged') return createJudge(policy, setting.params, now);
    const { reason } = setting;
    return () => ({ kind: 'whole', verdict: { status: 'not_applicable', reason } });
  };
  const base = judgeOf(off === undefined ? { kind: 'judged', params } : { kind: 'off', reason: off });
  const usual: Choice = { judges: [base], decidedBy: '', open: [] };
  if (overrides === undefined || overrides.length === 0) return () => usual;

  return (resource, scope) => {
    const possible: Judge[] = [];
    const places: string[] = [];
    const open: Unknown[] = [];
    let last = base;
    for (const { match, at, setting } of overrides) {
      const matched = matchResource(match, resource, scope);
      if (matched === false) continue;
      if (matched === true) {
        last = judgeOf(setting);
        break;
      }
      possible.push(judgeOf(setting));
      places.push(at);
      open.push(...matched);
    }
    const [first = base, ...others] = [...new Set([...possible, last])];
    if (others.length === 0) return { ...usual, judges: [first] };
    return { judges: [first, ...others], decidedBy: `the override at ${places.join(' or ')}`, open };
  };
}

/** Whether configuration keeps a policy from judging a resource, however what is not known of the resource turns out. Attributes as above. */
export function isSwitchedOff({ off, overrides = [] }: SelectedPolicy, resource: Resource, scope: Scope): boolean {
  for (const { match, setting } of overrides) {
    const matched = matchResource(match, resource, scope);
    if (matched === false) continue;
    if (setting.kind !== 'off') return false;
    if (matched === true) return true;
  }
  return off !== undefined;
}
