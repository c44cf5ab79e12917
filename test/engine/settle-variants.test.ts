import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settleVariants } from '../../src/engine/settle-variants.ts';
import type { Judgement, Verdict } from '../../src/engine/verdict.ts';

const verdicts = {
  p: { status: 'pass' },
  n: { status: 'not_applicable', reason: 'none' },
  u: { status: 'unknown', unknown: [{ path: 'x', reason: 'unresolved-reference', detail: 'open' }], asserts: [] },
  f: { status: 'fail', violated: [{ assertion: {} as never, message: 'no' }] },
} as const satisfies { readonly [letter: string]: Verdict };
type Letter = keyof typeof verdicts;

/** `f` is a whole verdict, `a:f b:u` are items. */
function judgement(text: string): Judgement {
  if (text in verdicts) return { kind: 'whole', verdict: verdicts[text as Letter] };
  const items = text === '' ? [] : text.split(' ').map((item) => item.split(':') as [string, Letter]);
  return {
    kind: 'items',
    variable: 'x',
    items: items.map(([key, letter]) => ({ key, path: undefined, item: key, verdict: verdicts[letter] })),
  };
}

function letterOf({ status }: Verdict): Letter {
  return (Object.keys(verdicts) as Letter[]).find((letter) => verdicts[letter].status === status) ?? 'n';
}

function text(one: Judgement): string {
  return one.kind === 'whole' ? letterOf(one.verdict) : one.items.map(({ key, verdict }) => `${key}:${letterOf(verdict)}`).join(' ');
}

function settle(merged: string, ...variants: readonly string[]): readonly string[] {
  return settleVariants(judgement(merged), variants.map(judgement))
    .map(({ judgement: one, variant }) => `${variant ?? 'merged'}=${text(one)}`)
    .filter((part) => part !== 'merged=');
}

describe('a judgement by variants', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['fails in both', 'u', ['f', 'f'], ['0=f']],
    ['passes in both', 'u', ['p', 'p'], ['merged=p']],
    ['applies in one and passes there', 'u', ['n', 'p'], ['merged=p']],
    ['applies in none', 'u', ['n', 'n'], ['merged=n']],
    ['fails in one only', 'u', ['f', 'p'], ['merged=u']],
    ['fails in one and is unknown in the other', 'u', ['f', 'u'], ['merged=u']],
    ['fails in one and does not apply in the other', 'u', ['n', 'f'], ['merged=u']],
    ['the same item fails in both', 'a:u b:p', ['a:f b:p', 'a:f b:p'], ['0=a:f', 'merged=b:p']],
    ['an item fails in both, another in one', 'a:u b:u', ['a:f b:f', 'a:f b:p'], ['0=a:f', 'merged=b:u']],
    ['an item is fine in both', 'a:u b:u', ['a:p b:f', 'a:p b:p'], ['merged=b:u']],
    ['different items fail in the two', 'u', ['a:f', 'b:f'], ['0=a:f', 'merged=u']],
    ['a list of items that is unknown as a whole, failing in the same', 'u', ['a:f', 'a:f'], ['0=a:f']],
    ['an unknown that only a variant knows by its key', 'a:u', ['a:p c:u', 'a:p'], ['merged=a:u']],
    ['a failure that does not depend on it stays', 'a:f b:u', ['a:f b:p', 'a:f b:f'], ['0=a:f', 'merged=b:u']],
  ])('%s', (_, merged, variants, expected) => {
    expect(settle(merged, ...variants)).toEqual(expected);
  });

  const letter = fc.constantFrom<Letter>('p', 'n', 'u', 'f');
  const some = fc.oneof(
    letter.map(String),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), letter, { minKeys: 0 }).map((items) =>
      Object.entries(items)
        .map(([key, one]) => `${key}:${one}`)
        .join(' '),
    ),
  );
  const undecided = some.filter((one) => one.includes('u'));

  it('never blames what is fine in some variant, and never settles what is open in one', () => {
    fc.assert(
      fc.property(undecided, fc.array(some, { minLength: 2, maxLength: 4 }), (merged, variants) => {
        // As merging works: what fails of that which all agree on fails in all.
        fc.pre(!merged.includes('f'));
        const said = settle(merged, ...variants).join(' ');
        const everyFails = variants.every((variant) => variant.includes('f'));
        const someOpen = variants.some((variant) => /[fu]/u.test(variant));
        expect(said.includes('=f') || said.includes(':f')).toBe(everyFails);
        expect(/[=:][fu]/u.test(said)).toBe(someOpen);
      }),
      { numRuns: 2000 },
    );
  });
});
