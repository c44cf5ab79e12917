import type { UnknownFact } from '../model/finding.ts';
import type { Assertion } from '../model/policy.ts';

/** What is said of one resource, or of one item of it. */
export type Verdict =
  | { readonly status: 'pass' }
  | { readonly status: 'fail'; readonly violated: readonly [Violation, ...Violation[]] }
  | { readonly status: 'unknown'; readonly unknown: readonly [UnknownFact, ...UnknownFact[]]; readonly asserts: readonly Assertion[] }
  | { readonly status: 'not_applicable'; readonly reason: string };

export interface Violation {
  readonly assertion: Assertion;
  readonly message: string;
}

export interface ItemVerdict {
  readonly key: string;
  /** Path of the item, such as `statements[2]`; undefined when the list is computed. */
  readonly path: string | undefined;
  readonly item: unknown;
  readonly verdict: Verdict;
}

/** The judgement of a resource: whole, or item by item. */
export type Judgement =
  | { readonly kind: 'whole'; readonly verdict: Verdict }
  | { readonly kind: 'items'; readonly items: readonly ItemVerdict[]; readonly variable: string };

const worst = ['fail', 'unknown', 'pass', 'not_applicable'] as const;

/** One verdict for items that share a key: the worst; messages and unknown facts of equals come together. */
export function foldVerdicts(verdicts: readonly [Verdict, ...Verdict[]]): Verdict {
  const [first, ...rest] = [...verdicts].sort((a, b) => worst.indexOf(a.status) - worst.indexOf(b.status));
  if (!first) throw new Error('nothing to fold');
  if (first.status === 'fail') {
    const more = rest.flatMap((verdict) => (verdict.status === 'fail' ? verdict.violated : []));
    return { status: 'fail', violated: [first.violated[0], ...first.violated.slice(1), ...more] };
  }
  if (first.status === 'unknown') {
    const more = rest.flatMap((verdict) => (verdict.status === 'unknown' ? verdict.unknown : []));
    return { ...first, unknown: [first.unknown[0], ...first.unknown.slice(1), ...more] };
  }
  return first;
}
