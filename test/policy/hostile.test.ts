import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createJudge } from '../../src/engine/judge.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Attributes } from '../../src/model/resource.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { loadPolicies } from '../../src/policy/load-policies.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { runPolicyTests, verdictOf } from '../../src/run-policy-tests.ts';
import { withText } from './sample-policy.ts';

/** A guard against hangs only; nothing here should take a tenth of it. */
const limit = { timeout: 30_000 };

const exclude = 'resource.isReplica';
const comparison = 'resource.rotation.schedule.intervalDays <= params.maxDays';

function compiled(text: string): Policy {
  const { policy, diagnostics } = loadPolicy('policy.yaml', text, false);
  if (!policy) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return policy;
}

/** The sound policy without guards, with one condition of the reader's. */
const asserting = (condition: string): string =>
  withText(comparison, condition, withText('when: resource.rotation.enabled && has(resource.rotation.schedule)\n', '')).replaceAll(
    'isReplica: false,',
    'isReplica: false, tags: {}, replicas: [],',
  );

const secret = (more: object = {}): Attributes => ({
  name: 'a',
  account: '111122223333',
  region: 'eu-west-1',
  isReplica: false,
  tags: {},
  replicas: [],
  statements: [],
  rotation: { enabled: true, managedBy: 'function', pendingVersion: false, schedule: { intervalHours: 24, intervalDays: 1 } },
  ...more,
});

const manyReplicas = Array.from({ length: 3000 }, (_, index) => ({ region: `r${index}`, status: 'InSync' }));

function judge(policy: Policy, attributes: Attributes): string {
  const verdict = verdictOf(createJudge(policy, { maxDays: 90 }, 0)(attributes, 'aws'));
  return verdict.status === 'unknown'
    ? `unknown: ${verdict.unknown.map(({ reason, detail }) => `${reason}, ${detail}`).join('; ')}`
    : verdict.status;
}

const overBudget = 'unknown: policy-error, the evaluation took too many steps';

describe('what would take for ever ends at the budget, as unknown', () => {
  const conditions: readonly (readonly [string, string])[] = [
    [
      'nested quantifiers',
      "resource.replicas.all(a, resource.replicas.all(b, resource.replicas.all(c, a.region != 'x' || b.region != c.region)))",
    ],
    ['a list for each element', 'resource.replicas.map(a, resource.replicas.map(b, a.region + b.region)).size() > 0'],
    ['membership in a long list', "resource.replicas.all(a, resource.replicas.all(b, !('x' in resource.replicas.map(c, c.region))))"],
    ['comparing long lists', 'resource.replicas.all(a, resource.replicas.map(b, b.region) == resource.replicas.map(b, b.region))'],
    ['work on long texts', "resource.replicas.all(a, resource.replicas.all(b, !(resource.tags.long + a.region).contains('yx')))"],
    ['a costly pattern on a long text', "resource.replicas.all(a, !resource.tags.long.matches('(a?){500}b'))"],
  ];
  it.each(conditions)('%s', limit, (_name, condition) => {
    expect(judge(compiled(asserting(`"${condition}"`)), secret({ replicas: manyReplicas, tags: { long: 'a'.repeat(50_000) } }))).toBe(
      overBudget,
    );
  });

  const doubling = (first: string, next: (name: string) => string, use: string): string =>
    withText(
      'exclude:',
      `variables:\n  - { name: v0, expr: "${first}" }\n${Array.from({ length: 40 }, (_, index) => `  - { name: v${index + 1}, expr: "${next(`variables.v${index}`)}" }\n`).join('')}exclude:`,
      asserting(use),
    );

  it.each([
    ['a text that doubles', doubling("'ab'", (name) => `${name} + ${name}`, 'variables.v40.size() > 0')],
    ['a list that doubles', doubling("['ab']", (name) => `${name} + ${name}`, 'variables.v40.size() > 0')],
    [
      'a tree of lists that is compared with itself',
      doubling(
        "['ab']",
        (name) => `${name}.map(x, ${name}).filter(x, true).size() > 0 ? ${name} + ${name} : ${name}`,
        'variables.v40 == variables.v40',
      ),
    ],
  ])('%s', limit, (_name, text) => {
    expect(judge(compiled(text), secret())).toBe(overBudget);
  });

  it('the same conditions in boundary tests', limit, () => {
    const text = asserting(
      "'params.maxDays >= resource.replicas.map(a, resource.replicas.map(b, resource.replicas.map(c, 1).size()).size()).size()'",
    );
    const loaded = loadPolicy(
      'policy.yaml',
      text.replaceAll(
        'replicas: []',
        `replicas: [${manyReplicas
          .slice(0, 200)
          .map(({ region }) => `{ region: ${region} }`)
          .join(', ')}]`,
      ),
      false,
    );
    expect(loaded.policy).toBeDefined();
    for (const result of runPolicyTests(loaded.policy as Policy, loaded.tests))
      expect(result.problem === undefined || result.problem.length > 0).toBe(true);
  });
});

describe('patterns are linear', () => {
  it.each(['(a+)+$', '^(a|a)*$', '(x+x+)+y', '^(([a-z])+.)+[A-Z]([a-z])+$'])('%s on 50,000 characters', limit, (pattern) => {
    const condition = `"!resource.name.matches('${pattern}') || true"`;
    expect(judge(compiled(asserting(condition)), secret({ name: `${'a'.repeat(50_000)}!` }))).toBe('pass');
  });
});

describe('thousands of unknowns', () => {
  it('are named up to a hundred', limit, () => {
    const replicas = Array.from({ length: 20_000 }, (_, index) => ({
      region: new Unknown('access-denied', `no ${index}`),
      status: 'InSync',
    }));
    const policy = compiled(asserting("resource.replicas.all(r, r.region == 'a')"));
    const verdict = verdictOf(createJudge(policy, { maxDays: 90 }, 0)(secret({ replicas }), 'aws'));
    expect(verdict.status === 'unknown' && verdict.unknown.length).toBe(100);
  });
});

describe('names that objects have', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is no attribute, and a tag only when it is set',
    (name) => {
      const problems = loadPolicy('policy.yaml', withText(exclude, `resource.${name} == 'a'`), false).diagnostics.filter(
        ({ severity }) => severity === 'error',
      );
      expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
        expect.stringContaining(`11:18 resource has no ${name}`),
      ]);
      const own = Object.assign(Object.create(null) as object, JSON.parse(`{ ${JSON.stringify(name)}: "mine" }`) as object);
      Object.defineProperty(own, name, { value: 'mine', enumerable: true });
      for (const condition of [
        `'${name}' in resource.tags`,
        `resource.tags.exists(k, k == '${name}')`,
        ...(name === '__proto__' ? [] : [`has(resource.tags.${name})`]),
      ]) {
        const policy = compiled(asserting(`"${condition}"`));
        expect(judge(policy, secret({ tags: {} })), condition).toBe('fail');
        expect(judge(policy, secret({ tags: own })), condition).toBe('pass');
      }
      expect(judge(compiled(asserting(`"resource.tags['${name}'] == 'mine'"`)), secret({ tags: own }))).toBe('pass');
      expect(judge(compiled(asserting(`"resource.tags['${name}'] == 'mine'"`)), secret())).toMatch(
        /^unknown: policy-error, there is no entry/,
      );
    },
  );

  it('are strangers in a fixture and in a policy', () => {
    const fixture = withText('isReplica: false,', '__proto__: { isReplica: false }, constructor: 1, isReplica: false,');
    expect(loadPolicy('policy.yaml', fixture, false).diagnostics.map(({ message }) => message)).toEqual([
      'there is no __proto__ here',
      'there is no constructor here',
    ]);
    const policy = withText('title: Test', 'title: Test\n__proto__: { severity: low }');
    expect(loadPolicy('policy.yaml', policy, false).diagnostics.map(({ message }) => message)).toEqual(['there is no __proto__ here']);
    expect(({} as { severity?: string }).severity).toBeUndefined();
  });

  it('are tags like others in a fixture', () => {
    const { tests } = loadPolicy(
      'policy.yaml',
      withText('isReplica: false,', 'tags: { __proto__: a, toString: b, $$unknown: c }, isReplica: false,'),
      false,
    );
    expect(Object.entries(tests[0]?.attributes['tags'] as object)).toEqual([
      ['__proto__', 'a'],
      ['toString', 'b'],
      ['$unknown', 'c'],
    ]);
  });
});

const bomb = [
  'a: &a [x, x]',
  ...Array.from(
    { length: 30 },
    (_, index) => `b${index}: &b${index} [${new Array<string>(9).fill(index === 0 ? '*a' : `*b${index - 1}`).join(', ')}]`,
  ),
].join('\n');

describe('files that mean harm get a diagnostic with a place', () => {
  const files: readonly (readonly [string, string, string])[] = [
    ['an alias bomb', bomb, '2:10 YAML aliases are not accepted here'],
    ['brackets without end', `x-a: ${'['.repeat(100_000)}`, '1:1 nested too deeply'],
    ['brackets that end', `x-a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, '1:1 nested too deeply'],
    ['maps in maps', '{ a: '.repeat(20_000), '1:1 nested too deeply'],
    ['lists in lists', `${'- '.repeat(50_000)}a`, '1:1 nested too deeply'],
    ['a huge file', `# ${'x'.repeat(300 * 1024)}`, '1:1 the file is larger than 256 KiB'],
    ['duplicate keys', 'a: 1\n'.repeat(2000), '2:1 this key is here for the second time'],
    ['no YAML at all', ': : : {{{ ]]]\n'.repeat(1000), '1:3 there is a second colon with a space on this line'],
    ['nothing', '', '1:1 expected an object'],
    ['a text', 'policy', '1:1 expected an object'],
    ['5,000 terms', withText(exclude, new Array<string>(5000).fill('true').join(' && ')), '11:9 longer than 2000 characters'],
    ['3,000 !', withText(`if: ${exclude}`, `if: "${'!'.repeat(3000)}true"`), '11:9 longer than 2000 characters'],
    [
      '5,000 terms in a message',
      withText('{{ resource.name }}', `{{ ${new Array<string>(5000).fill('true').join(' && ')} }}`),
      '16:14 longer than 1000 characters',
    ],
    [
      '5,000 terms in a command',
      withText('  text: Do it.', `  text: Do it.\n  cli: x {{ ${new Array<string>(5000).fill('true').join(' && ')} }}`),
      '20:12 the expression is longer than 2000 characters',
    ],
    ['deep parentheses', withText(exclude, `${'('.repeat(900)}true${')'.repeat(900)}`), '11:73 Exceeded maxDepth (64)'],
    ['deep lists', withText(`if: ${exclude}`, `if: '${'['.repeat(900)}${']'.repeat(900)} == []'`), '11:74 Exceeded maxDepth (64)'],
    [
      'deep comprehensions',
      withText(
        exclude,
        `resource.replicas.all(y, ${Array.from({ length: 60 }, (_, index) => `[1].all(x${index}, `).join('')}true${')'.repeat(61)}`,
      ),
      'Exceeded maxDepth (64)',
    ],
    ['a long chain', withText(exclude, `resource${'.a'.repeat(900)}`), 'Exceeded maxDepth (64)'],
  ];
  it.each(files)('%s', limit, (_name, text, expected) => {
    const { diagnostics, policy } = loadPolicy('policy.yaml', text, false);
    const [first] = diagnostics;
    expect(`${first?.line}:${first?.column} ${first?.message}`).toContain(expected);
    expect(policy).toBeUndefined();
    expect(diagnostics.length).toBeLessThanOrEqual(20);
  });

  it('a thousand ! are allowed, and counted', limit, () => {
    const text = asserting(`"${'!'.repeat(1501)}false"`);
    expect(judge(compiled(text), secret())).toBe('pass');
  });

  it('four hundred terms are allowed', limit, () => {
    expect(judge(compiled(asserting(`"${new Array<string>(250).fill('true').join(' && ')}"`)), secret())).toBe('pass');
  });
});

describe('files that are no text', () => {
  const load = (bytes: Uint8Array): unknown => {
    const folder = mkdtempSync(join(tmpdir(), 'sealcheck-hostile-'));
    try {
      const file = join(folder, 'policy.yaml');
      writeFileSync(file, bytes);
      loadPolicies([file], { builtin: false });
      return undefined;
    } catch (error) {
      return error;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('invalid UTF-8 is a user error', () => {
    const error = load(Uint8Array.of(0x61, 0x3a, 0x20, 0xff, 0xfe));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'file-unreadable' });
    expect(String(error)).toContain('it is not UTF-8 text');
  });

  it('NUL bytes are a user error, or bounded', () => {
    expect(load(new Uint8Array(10_000))).toMatchObject({ code: 'policy-invalid' });
    expect(load(new TextEncoder().encode(withText(exclude, 'resource.name == "a\0b"')))).toBeUndefined();
  });
});
