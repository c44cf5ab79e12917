import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { judgePlan, plans, readPlanFile } from './judge-plan.ts';
import { secretsIn } from './secrets-in-plan.ts';

const inputs = ['cases/plan.json', 'moves/plan.json', 'acme/target.json'].map((name) => ({
  text: JSON.stringify(readPlanFile(name)),
  secrets: secretsIn(readPlanFile(name)).filter((secret) => secret.length > 8),
  sourceDir: `${plans}/${name.split('/')[0] ?? ''}`,
}));

/** What may stand where something else was. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, '', 0, -1, 1e308, 9007199254740993, [], {}, [[]], [null], { true: true }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '${',
    '"',
    'alias/aws/',
    'arn:::::',
    '*',
    '\u0000',
    '\ud800',
    'rate(0 days)',
    'cron(* * * * * *)',
  ),
  fc.string({ maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: 50, max: 3000 }).map(deepList),
);

function deepList(depth: number): unknown {
  let value: unknown = 'x';
  for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { a: value };
  return value;
}

interface Mutation {
  readonly at: number;
  readonly kind: 'replace' | 'drop' | 'duplicate' | 'rename';
  readonly value: unknown;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom<Mutation['kind']>('replace', 'replace', 'drop', 'duplicate', 'rename'),
  value: oddValue,
});

type Holder = { [key: string]: unknown } | unknown[];

/** Every place of the document, in order. */
function places(root: unknown): readonly (readonly [Holder, string])[] {
  const found: (readonly [Holder, string])[] = [];
  const open: unknown[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, value] of Object.entries(next)) {
      found.push([next as Holder, key]);
      open.push(value);
    }
  }
  return found;
}

function mutate(root: unknown, { at, kind, value }: Mutation): void {
  const all = places(root);
  const [holder, key] = all[at % Math.max(1, all.length)] ?? [];
  if (holder === undefined || key === undefined) return;
  const object = holder as { [key: string]: unknown };
  switch (kind) {
    case 'replace':
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      return;
    case 'drop':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete object[key];
      return;
    case 'duplicate':
      if (Array.isArray(holder)) holder.push(object[key]);
      else object[`${key}_2`] = object[key];
      return;
    case 'rename':
      if (Array.isArray(holder)) return;
      // As JSON.parse does it: `__proto__` is an ordinary key.
      Object.defineProperty(object, typeof value === 'string' ? value : 'renamed', {
        value: object[key],
        enumerable: true,
        configurable: true,
        writable: true,
      });
      delete object[key];
      return;
    default:
      kind satisfies never;
  }
}

describe('mutated plans', () => {
  it.each(inputs.map((input, index) => [index, input] as const))(
    'give verdicts or a mistake with its place, and never a value: %i',
    async (_index, { text, secrets, sourceDir }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), fc.boolean(), async (mutations, withCode) => {
          const json: unknown = JSON.parse(text);
          for (const one of mutations) mutate(json, one);
          let shown: string;
          try {
            const { scope, notes, findings } = await judgePlan(json, withCode ? { sourceDir } : {});
            shown = JSON.stringify([scope.gaps, notes, findings]);
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
            expect(error.message).toContain('plan.json');
            shown = `${error.message} ${error.hint ?? ''}`;
          }
          // A mutation may put a value where a name stood; those of the plan itself must stay inside.
          const kept = secrets.filter((secret) => !mutations.some(({ kind }) => kind === 'rename') || !shown.includes(secret));
          for (const secret of kept) expect(shown.includes(secret), secret).toBe(false);
        }),
        { numRuns: 700 },
      );
    },
    120_000,
  );
});
