import { describe, expect, it } from 'vitest';
import { readEquivalents } from '../../scripts/mutation/equivalent-mutants.ts';
import { mutatePolicy, type Mutant } from '../../scripts/mutation/mutate-policy.ts';
import { packMutants } from '../../scripts/mutation/pack-mutants.ts';
import { tryMutants } from '../../scripts/mutation/try-mutants.ts';
import { basePolicy, withText } from './sample-policy.ts';

describe('the tests of the built-in policies find every small mistake in them', () => {
  const mutants = packMutants('policies');
  const listed = readEquivalents('test/policy/equivalent-mutants.yaml');
  const result = tryMutants(mutants, listed);

  it('each mutant is killed, or listed as meaning the same (npm run mutate:policies shows them)', () => {
    const shown = result.survivors.map(
      ({ file, line, column, original, mutated }) => `${file}:${line}:${column}: ${original} -> ${mutated}`,
    );
    expect(shown).toEqual([]);
    expect(result.killed + result.equivalent).toBe(mutants.length);
  });

  it('no entry of the list is needless', () => {
    expect(result.unneeded).toEqual([]);
  });

  it('every policy has some', () => {
    const policies = new Set(mutants.map(({ policyId }) => policyId));
    expect(policies.size).toBe(new Set(mutants.map(({ file }) => file)).size);
    expect(mutants.length).toBeGreaterThan(policies.size * 10);
  });
});

/** What becomes of a condition in the place of that of the sample policy. */
function changesTo(condition: string): readonly string[] {
  const text = withText('resource.rotation.schedule.intervalDays <= params.maxDays', JSON.stringify(condition));
  return mutatePolicy('policy.yaml', text)
    .filter(({ place }) => place === 'assert 1')
    .map(({ mutated }) => mutated);
}

describe('mutants of a condition', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['a comparison is turned and moved over its edge', 'params.maxDays <= 3', ['params.maxDays < 3', 'params.maxDays > 3', '2', '4']],
    ['a text has a letter more', "resource.name == 'a'", ["resource.name != 'a'", "'a~'"]],
    ['a negation is dropped', '!resource.isReplica', ['resource.isReplica']],
    ['an attribute is turned', 'resource.isReplica', ['!resource.isReplica']],
    ['a literal is turned', 'true', ['false']],
    [
      'both sides are joined otherwise, or one is left out, with their brackets',
      '(resource.isReplica || has(resource.owningService)) && true',
      [
        '(resource.isReplica || has(resource.owningService)) || true',
        'resource.isReplica || has(resource.owningService)',
        'true',
        'resource.isReplica && has(resource.owningService)',
        'resource.isReplica',
        'has(resource.owningService)',
        '!resource.isReplica',
        '!has(resource.owningService)',
        'false',
      ],
    ],
    [
      'a quantifier is exchanged, what it asks turned, and elements left out',
      "['a', 'b'].exists(x, resource.name.startsWith(x))",
      ["['a', 'b'].all(x, resource.name.startsWith(x))", "['b']", "['a']", "'a~'", "'b~'", '!resource.name.startsWith(x)'],
    ],
    ['membership is turned', "resource.name in ['a']", ["!(resource.name in ['a'])", '[]', "'a~'"]],
  ])('%s', (_name, condition, expected) => {
    // The first is the whole condition left out.
    expect(changesTo(condition)).toEqual(['true', ...expected]);
  });
});

describe('mutants of a policy', () => {
  const mutants = mutatePolicy('policy.yaml', basePolicy);
  const listed = (mutant: Mutant) => ({
    policy: mutant.policyId,
    place: mutant.place,
    original: mutant.original,
    mutated: mutant.mutated,
    reason: 'means the same',
  });

  it('stand at their place in the file', () => {
    const lines = basePolicy.split('\n');
    for (const { line, column, original, place } of mutants.filter((one) => !one.place.startsWith('param ')))
      expect(`${place}: ${lines[line - 1]?.slice(column - 1).trim()}`).toContain(`${place}: ${original.split('\n')[0]}`);
  });

  it('defaults of params that a condition compares are moved by one', () => {
    expect(mutants.filter(({ place }) => place === 'param maxDays').map(({ mutated }) => mutated)).toEqual(['89', '91']);
  });

  it('survive where a test is missing, and are told from those that mean the same', () => {
    const loose = mutatePolicy(
      'policy.yaml',
      withText('intervalHours: 2160, intervalDays: 90 }', 'intervalHours: 720, intervalDays: 30 }'),
    );
    const { survivors } = tryMutants(loose, []);
    expect(survivors.map(({ mutated }) => mutated)).toContain('89');
    const explained = tryMutants(loose, survivors.map(listed));
    expect(explained).toMatchObject({ survivors: [], equivalent: survivors.length, unneeded: [] });
  });

  it('an entry for one that a test kills is needless', () => {
    const killed = mutants.find(({ mutated }) => mutated === '91');
    if (!killed) throw new Error('there is no such mutant');
    expect(tryMutants(mutants, [listed(killed)]).unneeded).toEqual([listed(killed)]);
  });
});
