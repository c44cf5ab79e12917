import { createJudge } from './engine/judge.ts';
import { foldVerdicts, type Judgement, type Verdict } from './engine/verdict.ts';
import type { ParamValues, Policy } from './model/policy.ts';
import type { PolicyTest } from './policy/policy-test.ts';
import { boundaryCases } from './policy-boundaries.ts';

export interface PolicyTestResult {
  readonly policyId: string;
  readonly name: string;
  /** What is wrong; absent when the test holds. */
  readonly problem?: string;
  readonly file: string;
  readonly line: number;
}

/** Runs the tests of one policy: those in its file, and the boundary cases that its int params call for. */
export function runPolicyTests(policy: Policy, tests: readonly PolicyTest[]): readonly PolicyTestResult[] {
  const place = { policyId: policy.id, file: policy.origin.file };
  const written = tests.map((test): PolicyTestResult => {
    const problem = testProblem(policy, test);
    return { ...place, name: test.name, line: test.line, ...(problem === undefined ? {} : { problem }) };
  });
  const generated = boundaryCases(policy, tests).map((boundary): PolicyTestResult => {
    const { name, line } = boundary;
    if ('problem' in boundary) return { ...place, name, line, problem: boundary.problem };
    const actual = verdictOf(judgeTest(policy, boundary.test, boundary.params)).status;
    const problem =
      actual === boundary.expect
        ? undefined
        : `expected ${boundary.expect}, got ${actual}; is the comparison the right way round, and inclusive?`;
    return { ...place, name, line, ...(problem === undefined ? {} : { problem }) };
  });
  return [...written, ...generated];
}

function judgeTest(policy: Policy, test: PolicyTest, params: ParamValues): Judgement {
  return createJudge(policy, params, test.now)(test.attributes, test.source);
}

/** The verdict on the whole: with items, that of the worst. */
export function verdictOf(judgement: Judgement): Verdict {
  if (judgement.kind === 'whole') return judgement.verdict;
  const [first, ...rest] = judgement.items.map((item) => item.verdict);
  if (!first) throw new Error('a judgement by items has at least one');
  return foldVerdicts([first, ...rest]);
}

function testProblem(policy: Policy, test: PolicyTest): string | undefined {
  const verdict = verdictOf(judgeTest(policy, test, test.params));
  if (verdict.status !== test.expect) return `expected ${test.expect}, got ${verdict.status}${explain(verdict)}`;
  // A condition that errs is unknown too; a test must not take that for the unknown it means.
  if (verdict.status === 'unknown' && verdict.unknown.every((fact) => fact.reason === 'policy-error'))
    return `the condition errs${explain(verdict)}`;
  if (test.messages !== undefined) {
    const messages = verdict.status === 'fail' ? verdict.violated.map((violation) => violation.message) : [];
    if (!sameSet(messages, test.messages)) return `expected the messages ${quote(test.messages)}, got ${quote(messages)}`;
  }
  if (test.unknown !== undefined) {
    const paths = verdict.status === 'unknown' ? verdict.unknown.map((fact) => fact.path) : [];
    if (!sameSet(paths, test.unknown)) return `expected to wait for ${quote(test.unknown)}, got ${quote(paths)}`;
  }
  if (test.reason !== undefined) {
    const reason = verdict.status === 'not_applicable' ? verdict.reason : '';
    if (reason !== test.reason) return `expected the reason ${quote([test.reason])}, got ${quote([reason])}`;
  }
  return undefined;
}

function explain(verdict: Verdict): string {
  switch (verdict.status) {
    case 'pass':
      return '';
    case 'fail':
      return `: ${verdict.violated.map((violation) => violation.message).join('; ')}`;
    case 'unknown':
      return `: ${verdict.unknown.map((fact) => `${fact.path || 'condition'}: ${fact.detail}`).join('; ')}`;
    case 'not_applicable':
      return `: ${verdict.reason}`;
    default:
      return verdict satisfies never;
  }
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [x, y] = [[...new Set(a)].sort(), [...new Set(b)].sort()];
  return x.length === y.length && x.every((text, index) => text === y[index]);
}

function quote(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.map((text) => JSON.stringify(text)).join(', ');
}
