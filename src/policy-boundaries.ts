import { BudgetExceeded } from './expressions/evaluation.ts';
import { compile } from './expressions/compile.ts';
import { slotCount } from './expressions/compile-comprehension.ts';
import { partsOf, readsOf } from './expressions/reads.ts';
import { createJudge } from './engine/judge.ts';
import { foldVerdicts } from './engine/verdict.ts';
import type { BinaryOperator, Expression } from './model/expression.ts';
import type { Param, ParamValues, Policy } from './model/policy.ts';
import type { PolicyTest } from './policy/policy-test.ts';

/** A test of our own making at the edge of a param, or the finding that no test reaches that edge. */
export type BoundaryCase =
  | {
      readonly name: string;
      readonly line: number;
      readonly test: PolicyTest;
      readonly params: ParamValues;
      readonly expect: 'pass' | 'fail';
    }
  | { readonly name: string; readonly line: number; readonly problem: string };

type Comparison = Extract<Expression, { op: BinaryOperator }>;
const comparisons: readonly string[] = ['<', '<=', '>', '>='];

/**
 * For every int param: limit − 1, limit and limit + 1 must fall on the side that the param promises (`accepts`).
 * Instead of bending a fixture, the param is set to one below, at and above what the fixture measures; that value
 * is where the two sides of a comparison with the param cross, found from their values at 0 and 1.
 */
export function boundaryCases(policy: Policy, tests: readonly PolicyTest[]): readonly BoundaryCase[] {
  return Object.entries(policy.params)
    .filter(([name, param]) => param.type === 'int' && isCondition(policy, name))
    .flatMap(([name, param]) => casesOf(policy, tests, name, param));
}

function casesOf(policy: Policy, tests: readonly PolicyTest[], name: string, param: Param): readonly BoundaryCase[] {
  const candidates = comparisonsWith(policy, name);
  const lowest = param.minimum ?? Number.MIN_SAFE_INTEGER;
  const highest = param.maximum ?? Number.MAX_SAFE_INTEGER;
  for (const test of tests) {
    if (test.expect !== 'pass' && test.expect !== 'fail') continue;
    for (const comparison of candidates) {
      const measured = measure(policy, comparison, test, name);
      if (measured === undefined || measured - 1 < lowest || measured + 1 > highest) continue;
      const at = (value: number): ParamValues => ({ ...test.params, [name]: value });
      // Only a fixture whose verdict hangs on this param alone shows anything: generous passes, strict fails.
      const [low, high] = [
        verdict(policy, test, at(lowest > -1e9 ? lowest : measured - 1000)),
        verdict(policy, test, at(highest < 1e9 ? highest : measured + 1000)),
      ];
      if (!((low === 'pass' && high === 'fail') || (low === 'fail' && high === 'pass'))) continue;
      if (shiftOf(policy, comparison, test, name)) {
        const problem = `something is added to params.${name} where it is compared: its limit is then not what the param says`;
        return [{ name: `${name}: boundary`, line: test.line, problem }];
      }
      const atLeast = param.accepts === 'at-least';
      return [-1, 0, 1].map((step) => {
        const value = measured + step;
        // at-most: what is measured (the limit's own value) passes as soon as the param reaches it.
        const accepted = atLeast ? measured >= value : measured <= value;
        const label = step === 0 ? 'at the limit' : accepted ? 'inside the limit' : 'beyond the limit';
        return {
          name: `${name}: ${label} (${name} ${value}, measured ${measured}; from "${test.name}")`,
          line: test.line,
          test,
          params: at(value),
          expect: accepted ? 'pass' : 'fail',
        };
      });
    }
  }
  const problem = `no test reaches the boundary of params.${name}: add one whose value is exactly at a limit, in whole units`;
  return [{ name: `${name}: boundary`, line: tests[0]?.line ?? 1, problem }];
}

function verdict(policy: Policy, test: PolicyTest, params: ParamValues): string {
  const judgement = createJudge(policy, params, test.now)(test.attributes, test.source);
  if (judgement.kind === 'whole') return judgement.verdict.status;
  const [first, ...rest] = judgement.items.map((item) => item.verdict);
  return first ? foldVerdicts([first, ...rest]).status : 'not_applicable';
}

/** All that decides; messages do not. */
function conditionsOf(policy: Policy): readonly Expression[] {
  return [
    ...policy.assert.map((assertion) => assertion.that),
    ...(policy.when ? [policy.when.expression] : []),
    ...policy.exclude.map((item) => item.if),
    ...policy.variables.map((variable) => variable.expression),
    ...(policy.each ? [policy.each.in] : []),
  ];
}

/** Whether any verdict can hang on the param: one that only messages show, such as a price, has no limits. */
function isCondition(policy: Policy, param: string): boolean {
  return conditionsOf(policy).some((expression) => readsOf(expression).has(`params.${param}`));
}

/** Every comparison in which the param stands on one side, wherever in the policy. */
function comparisonsWith(policy: Policy, param: string): readonly Comparison[] {
  const found: Comparison[] = [];
  const visit = (expression: Expression): void => {
    if (isComparison(expression) && readsOf(expression).has(`params.${param}`)) found.push(expression);
    for (const part of partsOf(expression)) visit(part);
  };
  conditionsOf(policy).forEach(visit);
  return found;
}

function isComparison(expression: Expression): expression is Comparison {
  return comparisons.includes(expression.op);
}

/** The value of the param at which the two sides of the comparison are equal; undefined unless a whole number. */
function measure(policy: Policy, comparison: Comparison, test: PolicyTest, param: string): number | undefined {
  const difference = (value: number): number | undefined => {
    const left = evaluateSide(policy, comparison.left, test, { ...test.params, [param]: value });
    const right = evaluateSide(policy, comparison.right, test, { ...test.params, [param]: value });
    return typeof left === 'number' && typeof right === 'number' ? left - right : undefined;
  };
  const [atZero, atOne] = [difference(0), difference(1)];
  if (atZero === undefined || atOne === undefined || atZero === atOne) return undefined;
  const crossing = atZero / (atZero - atOne);
  return Number.isSafeInteger(crossing) ? crossing : undefined;
}

/** Whether the side that is made of the param alone, such as `params.maxDays + 1`, is something else than 0 when the param is. */
function shiftOf(policy: Policy, comparison: Comparison, test: PolicyTest, param: string): boolean {
  return [comparison.left, comparison.right].some((side) => {
    const reads = [...readsOf(side)];
    if (reads.length !== 1 || reads[0] !== `params.${param}`) return false;
    return evaluateSide(policy, side, test, { ...test.params, [param]: 0 }) !== 0;
  });
}

function evaluateSide(policy: Policy, side: Expression, test: PolicyTest, params: ParamValues): unknown {
  const needed = [...readsOf(side)].map((path) => path.split('.')[0] ?? '');
  const layout = new Map<string, number>([
    ['resource', 0],
    ['params', 1],
    ['now', 2],
  ]);
  if (needed.some((root) => root !== 'variables' && !layout.has(root))) return undefined;
  const slots = new Array<unknown>(slotCount);
  slots[0] = test.attributes;
  slots[1] = params;
  slots[2] = test.now;
  const values: { [name: string]: unknown } = {};
  slots[3] = values;
  layout.set('variables', 3);
  try {
    for (const { name, expression } of policy.variables) values[name] = compile(expression, layout)({ slots: [...slots], steps: 100_000 });
    return compile(side, layout)({ slots, steps: 100_000 });
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined;
    throw error;
  }
}
