import type { Judgement, Verdict } from './verdict.ts';

/** What is said of a resource, and of which of its variants; `variant` is undefined for what is said of all of them as merged. */
export interface Settled {
  readonly judgement: Judgement;
  readonly variant: number | undefined;
}

/** Key of an item; undefined for the resource as a whole. */
type Key = string | undefined;

/**
 * The judgement of a resource that conditions of its code leave open, by the judgements of all that it can come to: what fails in every
 * variant fails, what is fine in every variant is settled, and all else stays as unknown as it was. Where every variant fails, though
 * not in the same item, the first one speaks for them: however it is decided, there is a fault.
 *
 * @param merged the judgement of what the variants agree on
 */
export function settleVariants(merged: Judgement, variants: readonly Judgement[]): readonly Settled[] {
  const verdicts = variants.map((variant) => new Map(entriesOf(variant)));
  const open = verdicts.map((variant) => keysWith(variant, isOpen));
  const fine = variants.find(passes) ?? variants[0];
  if (fine && open.every((keys) => keys.size === 0)) return [{ judgement: fine, variant: undefined }];

  const fails = verdicts.map((variant) => keysWith(variant, ({ status }) => status === 'fail'));
  const [first = new Set<Key>()] = fails;
  const common = new Set([...first].filter((key) => fails.every((keys) => keys.has(key))));
  const failing = common.size === 0 && fails.every((keys) => keys.size > 0) ? first : common;
  const openElsewhere = open.some((keys) => [...keys].some((key) => !failing.has(key)));

  const isSettled = (key: Key): boolean => {
    if (verdicts.some((variant) => variant.has(key))) return !open.some((keys) => keys.has(key));
    return failing.size > 0 && !openElsewhere;
  };
  const others = keep(merged, (key) => !failing.has(key));
  const unsettled = keep(others, (key, { status }) => status !== 'unknown' || !isSettled(key));
  // An unknown that the variants know by another key must not vanish with it.
  const rest = openElsewhere && !entriesOf(unsettled).some(([, verdict]) => isOpen(verdict)) ? others : unsettled;
  const [one] = variants;
  return [
    ...(one && failing.size > 0 ? [{ judgement: keep(one, (key) => failing.has(key)), variant: 0 }] : []),
    { judgement: rest, variant: undefined },
  ];
}

export function isUndecided(judgement: Judgement): boolean {
  return entriesOf(judgement).some(([, { status }]) => status === 'unknown');
}

function isOpen({ status }: Verdict): boolean {
  return status === 'fail' || status === 'unknown';
}

function passes(judgement: Judgement): boolean {
  return entriesOf(judgement).some(([, { status }]) => status === 'pass');
}

function entriesOf(judgement: Judgement): readonly (readonly [Key, Verdict])[] {
  return judgement.kind === 'whole' ? [[undefined, judgement.verdict]] : judgement.items.map(({ key, verdict }) => [key, verdict]);
}

function keysWith(verdicts: ReadonlyMap<Key, Verdict>, wanted: (verdict: Verdict) => boolean): ReadonlySet<Key> {
  return new Set([...verdicts].flatMap(([key, verdict]) => (wanted(verdict) ? [key] : [])));
}

function keep(judgement: Judgement, wanted: (key: Key, verdict: Verdict) => boolean): Judgement {
  if (judgement.kind === 'items') return { ...judgement, items: judgement.items.filter(({ key, verdict }) => wanted(key, verdict)) };
  return wanted(undefined, judgement.verdict) ? judgement : { kind: 'items', items: [], variable: '' };
}
