import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { runPolicyTests } from '../../src/run-policy-tests.ts';
import { basePolicy, withText } from './sample-policy.ts';

const comparison = 'resource.rotation.schedule.intervalDays <= params.maxDays';

function problems(text: string, builtin = true): readonly string[] {
  const { policy, tests, diagnostics } = loadPolicy('policy.yaml', text, builtin);
  if (!policy) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return runPolicyTests(policy, tests).flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`]));
}

describe('the edges of a limit are tried', () => {
  it('and hold for a sound policy', () => {
    expect(problems(basePolicy)).toEqual([]);
    const { policy, tests } = loadPolicy('policy.yaml', basePolicy, true);
    expect(policy && runPolicyTests(policy, tests).map(({ name }) => name.split(' (')[0])).toEqual([
      'exactly',
      'too long',
      'from a variable',
      'maxDays: beyond the limit',
      'maxDays: at the limit',
      'maxDays: inside the limit',
    ]);
  });

  const generous = withText('intervalHours: 2160, intervalDays: 90 }', 'intervalHours: 720, intervalDays: 30 }');
  it.each([
    ['an exclusive comparison', comparison.replace('<=', '<'), 'maxDays: at the limit'],
    ['one too many', comparison.replace('params.maxDays', 'params.maxDays + 1'), 'maxDays: boundary: something is added to params.maxDays'],
    ['one too few', comparison.replace('params.maxDays', 'params.maxDays - 1'), 'maxDays: boundary: something is added to params.maxDays'],
  ])('%s is found, though the tests in the file do not see it', (_name, condition, found) => {
    const text = withText(
      comparison,
      condition,
      withText('intervalHours: 2184, intervalDays: 91 }', 'intervalHours: 4800, intervalDays: 200 }', generous),
    );
    expect(problems(text)).toEqual([expect.stringContaining(found)]);
  });

  it('an inverted comparison is found, though the tests in the file are as wrong as it is', () => {
    const inverted = withText(comparison, comparison.replace('<=', '>=')).replace(
      'intervalHours: 2184, intervalDays: 91 }',
      'intervalHours: 2136, intervalDays: 89 }',
    );
    const shown = problems(inverted);
    expect(shown.map((problem) => problem.split(' (')[0])).toEqual(['maxDays: beyond the limit', 'maxDays: inside the limit']);
    expect(shown[0]).toContain('is the comparison the right way round, and inclusive?');
  });

  it('the same the other way round, for a limit from which on values pass', () => {
    const atLeast = withText(
      'minimum: 1,',
      'minimum: 1, accepts: at-least,',
      withText(comparison, comparison.replace('<=', '>='), basePolicy),
    ).replace('intervalHours: 2184, intervalDays: 91 }', 'intervalHours: 2136, intervalDays: 89 }');
    expect(problems(atLeast)).toEqual([]);
    const wrong = withText('minimum: 1,', 'minimum: 1, accepts: at-least,');
    expect(problems(wrong).map((problem) => problem.split(' (')[0])).toEqual(['maxDays: inside the limit', 'maxDays: beyond the limit']);
  });

  it('a param that only messages show has no edge', () => {
    const priced = withText(
      'params:\n',
      'params:\n  cents: { type: int, default: 40, minimum: 0, maximum: 100, description: Price }\n',
      withText('may wait', 'costs {{ dollars(params.cents) }} and may wait'),
    );
    expect(problems(priced)).toEqual([]);
  });

  it('a param that no test reaches is said', () => {
    const far = withText('intervalHours: 2160, intervalDays: 90 }', 'intervalHours: 24, intervalDays: 1 }').replace(
      'intervalHours: 2184, intervalDays: 91 }',
      'intervalHours: 48000, intervalDays: 2000 }',
    );
    expect(problems(far)).toEqual([
      'maxDays: boundary: no test reaches the boundary of params.maxDays: add one whose value is exactly at a limit, in whole units',
    ]);
  });
});

describe('a test of a policy that does not hold says why', () => {
  it.each([
    ['another verdict', 'expect: pass', 'expect: fail', 'exactly: expected fail, got pass'],
    ['a fail', 'expect: fail', 'expect: pass', 'too long: expected pass, got fail: a may wait 91 days'],
    [
      'another message',
      'expect: fail',
      'expect: fail\n    messages: [other]',
      'too long: expected the messages "other", got "a may wait 91 days"',
    ],
    [
      'another path',
      'expect: unknown',
      'expect: unknown\n    unknown: [rotation]',
      'from a variable: expected to wait for "rotation", got "rotation.schedule.intervalDays"',
    ],
    [
      'another reason',
      'isReplica: false, rotation: { enabled: true, schedule: { intervalDays',
      'isReplica: true, rotation: { enabled: true, schedule: { intervalDays',
      'from a variable: expected unknown, got not_applicable: judged at its primary',
    ],
  ])('%s', (_name, piece, replacement, expected) => {
    expect(problems(withText(piece, replacement), false)).toEqual([expected]);
  });
});
