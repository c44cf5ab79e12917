import type { Origin } from '../../iac/origin.ts';
import { Unknown } from '../../model/unknown.ts';
import { isConsistent, type Assumptions } from './conditions.ts';
import { Evaluator } from './evaluator.ts';
import { mergeVariants } from './merge.ts';
import type { World } from './world.ts';

/** What a reader makes of a resource under one set of assumptions. */
export interface Draft {
  readonly attributes: { readonly [name: string]: unknown };
  readonly origins: readonly Origin[];
  /** Logical ids of the keys of the template that encrypt it. */
  readonly keys?: readonly string[];
  /** The drafts that it was merged from, and what decides between them. */
  readonly variants?: { readonly decidedBy: string; readonly each: readonly Draft[] };
}

/** How many ways of deciding the open conditions are looked at; past that, what depends on them is Unknown. */
const mostVariants = 32;

/**
 * What a resource comes to, whatever the open conditions turn out to be: the same read under every consistent assumption that it
 * depends on, and merged. Undefined when it exists in none of them.
 *
 * @param read undefined when the resource does not exist under what is assumed
 */
export async function readVariants(world: World, read: (evaluator: Evaluator) => Promise<Draft | undefined>): Promise<Draft | undefined> {
  const drafts: Draft[] = [];
  const conditions = new Set<string>();
  const open: Assumptions[] = [new Map()];
  for (let runs = 0; open.length > 0; runs += 1) {
    const assumptions = open.pop() ?? new Map();
    const evaluator = new Evaluator(world, assumptions);
    const draft = await read(evaluator);
    const atom = evaluator.pending;
    if (atom === undefined || runs >= mostVariants) {
      if (draft !== undefined) drafts.push(draft);
      continue;
    }
    conditions.add(atom.condition);
    for (const holds of [false, true]) {
      const next = new Map(assumptions).set(atom.key, { atom, holds });
      if (isConsistent(next)) open.push(next);
    }
  }
  const [first, ...others] = drafts;
  if (first === undefined || others.length === 0) return first;
  const names = [...conditions].filter((name) => name !== '').map((name) => name.slice(0, 120));
  const decidedBy = `the ${names.length === 1 ? 'condition' : 'conditions'} ${names.join(', ')}`;
  const why = new Unknown('unresolved-reference', `it depends on ${decidedBy}`);
  return {
    attributes: mergeVariants(
      drafts.map(({ attributes }) => attributes),
      why,
    ) as Draft['attributes'],
    origins: mergeOrigins(drafts),
    keys: [...new Set(drafts.flatMap(({ keys = [] }) => keys))],
    variants: { decidedBy, each: drafts },
  };
}

/** The first variant that knows a path says where it stands. */
function mergeOrigins(drafts: readonly Draft[]): readonly Origin[] {
  const found = new Map<string, Origin>();
  for (const { origins } of drafts) for (const origin of origins) if (!found.has(origin.path)) found.set(origin.path, origin);
  return [...found.values()];
}
