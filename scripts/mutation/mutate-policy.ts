import { celFunctionByName } from '../../src/expressions/functions/index.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { ParamValue, Policy } from '../../src/model/policy.ts';
import { compilePolicy } from '../../src/policy/compile-policy.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { PolicyTest } from '../../src/policy/policy-test.ts';
import { paramProblem } from '../../src/policy/param-shape.ts';
import type { RawPolicy } from '../../src/policy/raw-policy.ts';
import { parseYaml } from '../../src/policy/yaml-source.ts';
import { mutantsOf } from './mutants-of.ts';

/** A policy with one small mistake in it, which its own tests should find. */
export interface Mutant {
  readonly policyId: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where it is in words: `assert 1`, `exclude 2`, `when`, `each`, `variable NAME`, `param NAME`. */
  readonly place: string;
  readonly original: string;
  readonly mutated: string;
  readonly policy: Policy;
  readonly tests: readonly PolicyTest[];
  /** Whether the loader takes the policy with the mistake in it. */
  readonly loads: () => boolean;
}

interface Condition {
  readonly place: string;
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly expression: Expression;
  /** Whether it is true or false, and what it is when it is left out altogether; undefined for lists and values. */
  readonly without?: boolean;
  /** The policy with another condition in this place; as a file that holds it, in `write`. */
  readonly put: (by: Expression) => Policy;
  readonly write: (text: string) => RawPolicy;
}

/** All mutants of a policy file. Throws when the file is not sound. */
export function mutatePolicy(file: string, text: string): readonly Mutant[] {
  const source = parseYaml(file, text);
  const { policy, tests, diagnostics } = loadPolicy(file, text, true);
  if ('problems' in source || !policy || diagnostics.some(({ severity }) => severity === 'error')) throw new Error(`${file} has errors`);
  const raw = source.value as RawPolicy;
  const place = (path: Condition['path'], offset: number) => {
    const { line, column } = source.at(path, '', { offset });
    return { policyId: policy.id, file, line, column };
  };
  const ofConditions = conditionsOf(policy, raw).flatMap((condition) =>
    mutantsOfCondition(condition).map(({ expression, start, original, mutated, text: written }): Mutant => {
      const loads = (): boolean =>
        !compilePolicy(condition.write(written), source, policy.origin).diagnostics.some(({ severity }) => severity === 'error');
      return {
        ...place(condition.path, start),
        place: condition.place,
        original,
        mutated,
        policy: condition.put(expression),
        tests,
        loads,
      };
    }),
  );
  const ofParams = Object.entries(policy.params).flatMap(([name, param]) =>
    otherDefaults(param.default)
      .filter((value) => paramProblem(param, value) === undefined)
      .map((value): Mutant => {
        const [original, mutated] = [JSON.stringify(param.default), JSON.stringify(value)];
        const at = place(['params', name, 'default'], 0);
        const params = { ...policy.params, [name]: { ...param, default: value } };
        return {
          ...at,
          place: `param ${name}`,
          original,
          mutated,
          policy: { ...policy, params },
          tests: withDefault(raw, tests, name, value),
          loads: () => true,
        };
      }),
  );
  return [...ofConditions, ...ofParams];
}

function conditionsOf(policy: Policy, raw: RawPolicy): readonly Condition[] {
  const { each, when } = policy;
  return [
    ...policy.variables.map(({ name, expression }, index): Condition => ({
      place: `variable ${name}`,
      path: ['variables', index, 'expr'],
      text: raw.variables?.[index]?.expr ?? '',
      expression,
      put: (by) => ({ ...policy, variables: policy.variables.with(index, { name, expression: by }) }),
      write: (expr) => ({ ...raw, variables: (raw.variables ?? []).with(index, { name, expr }) }),
    })),
    ...policy.exclude.map(({ if: expression, reason }, index): Condition => ({
      place: `exclude ${index + 1}`,
      path: ['exclude', index, 'if'],
      text: raw.exclude?.[index]?.if ?? '',
      expression,
      without: false,
      put: (by) => ({ ...policy, exclude: policy.exclude.with(index, { if: by, reason }) }),
      write: (text) => ({ ...raw, exclude: (raw.exclude ?? []).with(index, { if: text, reason }) }),
    })),
    ...(each
      ? [
          {
            place: 'each',
            path: ['each', 'in'],
            text: raw.each?.in ?? '',
            expression: each.in,
            put: (by: Expression) => ({ ...policy, each: { ...each, in: by } }),
            write: (text: string) => (raw.each ? { ...raw, each: { ...raw.each, in: text } } : raw),
          },
        ]
      : []),
    ...(when
      ? [
          {
            place: 'when',
            path: ['when'],
            text: when.text,
            expression: when.expression,
            without: true,
            put: (by: Expression) => ({ ...policy, when: { ...when, expression: by } }),
            write: (text: string) => ({ ...raw, when: text }),
          },
        ]
      : []),
    ...policy.assert.map((assertion, index): Condition => ({
      place: `assert ${index + 1}`,
      path: ['assert', index, 'that'],
      text: raw.assert[index]?.that ?? '',
      expression: assertion.that,
      without: true,
      put: (by) => ({ ...policy, assert: policy.assert.with(index, { ...assertion, that: by }) }),
      write: (that) => ({ ...raw, assert: raw.assert.map((one, place) => (place === index ? { ...one, that } : one)) }),
    })),
  ];
}

function mutantsOfCondition({ expression, text, without, place }: Condition): ReturnType<typeof mutantsOf> {
  const mutants = mutantsOf(expression, text, without !== undefined || (place.startsWith('variable ') && isTruth(expression)));
  if (without === undefined) return mutants;
  const whole: Expression = { op: 'literal', value: without, start: 0, end: text.length };
  return [{ expression: whole, start: 0, original: text, mutated: String(without), text: String(without) }, ...mutants];
}

const truths: readonly Expression['op'][] = ['and', 'or', 'not', 'has', '==', '!=', '<', '<=', '>', '>=', 'in'];

/** Whether a named expression is certain to be true or false, by its outermost part. */
function isTruth(expression: Expression): boolean {
  if (expression.op === 'call') return celFunctionByName.get(expression.name)?.returns.kind === 'bool';
  return truths.includes(expression.op);
}

/** Defaults next to the one that a param has. */
function otherDefaults(value: ParamValue): readonly ParamValue[] {
  if (typeof value === 'number') return [value - 1, value + 1];
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'string') return [];
  return value.map((element) => value.filter((other) => other !== element));
}

/** The tests, as they would be with another default: those that do not set the param themselves. */
function withDefault(raw: RawPolicy, tests: readonly PolicyTest[], name: string, value: ParamValue): readonly PolicyTest[] {
  return tests.map((test, index) => {
    const set = raw.tests[index]?.params;
    return set && Object.hasOwn(set, name) ? test : { ...test, params: { ...test.params, [name]: value } };
  });
}
