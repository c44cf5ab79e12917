import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createJudge } from '../../src/engine/judge.ts';
import type { Verdict } from '../../src/engine/verdict.ts';
import { createParser } from '../../src/expressions/parse-expression.ts';
import { readsOf } from '../../src/expressions/reads.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Attributes } from '../../src/model/resource.ts';
import { sourceNames } from '../../src/model/source-name.ts';
import { placeUnknowns } from '../../src/resources/place-unknowns.ts';
import { string, timestamp, int, type Shape } from '../../src/resources/shape.ts';
import { verdictOf } from '../../src/run-policy-tests.ts';
import { randomBool } from '../expressions/random-expression.ts';
import { completions, now, partialResource, small } from '../expressions/small-world.ts';

const seed = 20_261_121;
const children = small.fields['children']?.shape;
const child = children?.kind === 'list' ? children.element : string;

interface Lists {
  readonly in: string;
  readonly variable: string;
  readonly element: Shape;
}

const lists: readonly Lists[] = [
  { in: 'resource.words', variable: 's9', element: string },
  { in: 'resource.extra', variable: 's9', element: string },
  { in: 'resource.numbers', variable: 'i9', element: int },
  { in: 'resource.children', variable: 'c9', element: child },
  { in: 'resource.children.filter(c8, c8.flag)', variable: 'c9', element: child },
];

interface Texts {
  readonly variable: string;
  readonly exclude: readonly string[];
  readonly when: string | undefined;
  readonly assert: readonly string[];
  readonly each: Lists | undefined;
}

function policyTexts(errors: boolean): fc.Arbitrary<Texts> {
  return fc.option(fc.constantFrom(...lists), { nil: undefined }).chain((each) => {
    const whole = randomBool({ errors, depth: 2 });
    const item = randomBool({ errors, depth: 2, scope: each ? [each.variable] : [] });
    return fc.record({
      variable: randomBool({ errors, depth: 2 }),
      exclude: fc.array(fc.oneof(whole, fc.constant('variables.v')), { maxLength: 2 }),
      when: fc.option(fc.oneof(item, fc.constant('!variables.v')), { nil: undefined }),
      assert: fc.array(fc.oneof(item, item, fc.constantFrom('variables.v', 'true')), { minLength: 1, maxLength: 2 }),
      each: fc.constant(each),
    });
  });
}

/** A policy of random conditions, without a file. */
function makePolicy({ variable, exclude, when, assert, each }: Texts): {
  readonly policy: Policy;
  readonly attributes: ReadonlySet<string>;
} {
  const types = new Map<string, Shape>([
    ['resource', small],
    ['now', timestamp],
    ...(each ? [[each.variable, each.element] as const] : []),
  ]);
  const attributes = new Set<string>();
  const parse = (text: string): Expression => {
    // Variables of a policy are read through an object of that name, which this small policy has one of.
    const parsed = createParser(new Map([...types, ['variables', variablesShape] as const])).parse(text);
    if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
    for (const path of readsOf(parsed.expression)) if (path.startsWith('resource.')) attributes.add(path.split('.')[1] ?? '');
    return parsed.expression;
  };
  const policy: Policy = {
    id: 'test-random',
    aliases: [],
    title: '',
    severity: 'high',
    description: '',
    resources: [small.name],
    sources: sourceNames,
    tags: [],
    controls: [],
    equivalents: [],
    remediation: { text: '' },
    params: {},
    variables: [{ name: 'v', expression: parse(variable) }],
    exclude: exclude.map((text) => ({ if: parse(text), reason: 'excluded' })),
    ...(each ? { each: { variable: each.variable, in: parse(each.in) } } : {}),
    ...(when === undefined ? {} : { when: { expression: parse(when), text: when } }),
    assert: assert.map((text) => ({ that: parse(text), message: ['violated'], evidence: [] })),
    reads: {},
    origin: { file: '', builtin: false },
  };
  return { policy, attributes };
}

const variablesShape = {
  kind: 'object',
  name: 'TestVariables',
  fields: { v: { shape: { kind: 'bool' }, doc: '', optional: false } },
} as const;

const erred = (verdict: Verdict): boolean =>
  verdict.status === 'unknown' && verdict.unknown.every((fact) => fact.reason === 'policy-error');

/** What a definite verdict may become when everything is known. */
const allowed: { readonly [status in Verdict['status']]: readonly Verdict['status'][] } = {
  fail: ['fail'],
  // An undecided exclude or when may turn out to leave the resource out; that it would fail is impossible.
  pass: ['pass', 'not_applicable'],
  not_applicable: ['not_applicable'],
  unknown: ['fail', 'pass', 'not_applicable', 'unknown'],
};

function check(texts: Texts, resource: unknown, errors: boolean, seen: { [status: string]: number }): void {
  const { policy, attributes } = makePolicy(texts);
  const judge = createJudge(policy, {}, now);
  const verdict = verdictOf(judge(placeUnknowns(resource as Attributes), 'aws'));
  const all = completions(resource, attributes, 100);
  if (!all) return;
  if (all.length > 1) seen[verdict.status] = (seen[verdict.status] ?? 0) + 1;
  for (const complete of all) {
    const after = verdictOf(judge(complete as Attributes, 'aws'));
    const fine = allowed[verdict.status].includes(after.status) && (after.status !== 'unknown' || erred(after));
    if (!fine && !(errors && erred(after))) {
      throw new Error(`${JSON.stringify(texts)}\nis ${verdict.status}, but ${after.status} on ${JSON.stringify(complete)}`);
    }
  }
}

it.each([
  { errors: false, title: 'a definite verdict stays under every completion of the unknowns' },
  { errors: true, title: 'where conditions can err, a completion may only bring the error to light' },
])('$title', { timeout: 240_000 }, ({ errors }) => {
  const seen: { [status: string]: number } = {};
  fc.assert(
    fc.property(policyTexts(errors), partialResource, (texts, resource) => check(texts, resource, errors, seen)),
    { numRuns: 3000, seed },
  );
  for (const status of ['fail', 'pass', 'not_applicable', 'unknown']) expect(seen[status], status).toBeGreaterThan(40);
});
