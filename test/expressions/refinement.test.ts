import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../src/expressions/compile.ts';
import type { Evaluate } from '../../src/expressions/evaluation.ts';
import { Failure, isOpen } from '../../src/expressions/open-value.ts';
import { createParser } from '../../src/expressions/parse-expression.ts';
import { readsOf } from '../../src/expressions/reads.ts';
import { bool, timestamp, type Shape } from '../../src/resources/shape.ts';
import { placeUnknowns } from '../../src/resources/place-unknowns.ts';
import { randomBool } from './random-expression.ts';
import { completions, now, partialResource, small } from './small-world.ts';

const parser = createParser(
  new Map<string, Shape>([
    ['resource', small],
    ['now', timestamp],
  ]),
);
const layout = new Map([
  ['resource', 0],
  ['now', 1],
]);
const seed = 20_261_120;
const mostCompletions = 100;

function compileText(text: string): { readonly evaluate: Evaluate; readonly attributes: ReadonlySet<string> } {
  const parsed = parser.parse(text, bool);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
  const attributes = [...readsOf(parsed.expression)].filter((path) => path.startsWith('resource.')).map((path) => path.split('.')[1] ?? '');
  return { evaluate: compile(parsed.expression, layout), attributes: new Set(attributes) };
}

const run = (evaluate: Evaluate, resource: unknown): unknown => {
  const slots = new Array<unknown>(72);
  slots[0] = resource;
  slots[1] = now;
  return evaluate({ slots, steps: 1_000_000 });
};

/** Checks one expression on one resource; what came of it is counted. */
function check(
  text: string,
  resource: unknown,
  seen: { definite: number; decided: number; open: number },
  allowed: (value: unknown, result: unknown) => boolean,
): void {
  if (text.length > 2000) return;
  const { evaluate, attributes } = compileText(text);
  const result = run(evaluate, placeUnknowns(resource));
  if (isOpen(result)) {
    seen.open += 1;
    return;
  }
  const all = completions(resource, attributes, mostCompletions);
  if (!all) return;
  seen.definite += 1;
  if (all.length > 1) seen.decided += 1;
  for (const complete of all) {
    const value = run(evaluate, complete);
    if (!allowed(value, result))
      throw new Error(`${text}\nis ${String(result)}, but ${JSON.stringify(value)} on ${JSON.stringify(complete)}`);
  }
}

it('a definite answer equals the answer under every completion of the unknowns', { timeout: 240_000 }, () => {
  const seen = { definite: 0, decided: 0, open: 0 };
  fc.assert(
    fc.property(randomBool({ errors: false }), partialResource, (text, resource) =>
      check(text, resource, seen, (value, result) => value === result),
    ),
    { numRuns: 4000, seed },
  );
  // Guards against a generator that went blind: unknowns were there and did not matter, and others did.
  expect(seen.decided).toBeGreaterThan(400);
  expect(seen.open).toBeGreaterThan(400);
});

it('where parts can err, a completion never gives another answer; it can only bring the error to light', { timeout: 240_000 }, () => {
  const seen = { definite: 0, decided: 0, open: 0 };
  fc.assert(
    fc.property(randomBool({ errors: true }), partialResource, (text, resource) =>
      check(text, resource, seen, (value, result) => value === result || (value instanceof Failure && result !== undefined)),
    ),
    { numRuns: 4000, seed },
  );
  expect(seen.decided).toBeGreaterThan(400);
  expect(seen.open).toBeGreaterThan(400);
});

it('on complete data nothing is unknown', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(randomBool({ errors: true, depth: 3 }), partialResource, (text, resource) => {
      const { evaluate, attributes } = compileText(text);
      for (const complete of completions(resource, attributes, 20) ?? []) {
        const value = run(evaluate, complete);
        expect(typeof value === 'boolean' || value instanceof Failure).toBe(true);
      }
    }),
    { numRuns: 2000, seed },
  );
});
