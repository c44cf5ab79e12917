import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseWaivers } from '../../src/policy/waivers/load-waivers.ts';

const mark = '¶';
const sound = `apiVersion: sealcheck/v1
waivers:
  - id: legacy-batch
    policy: secretsmanager-rotation-enabled
    match: { address: 'arn:aws:secretsmanager:*:secret:batch-*' }
    reason: The batch job moves in spring.
    owner: payments
    ticket: SEC-118
    created: 2026-01-01
    expires: 2026-12-31
`;
const gap = `    gap: { action: ssm:DescribeParameters, scope: aws/111122223333/* }
`;
const match = "    match: { address: 'arn:aws:secretsmanager:*:secret:batch-*' }\n";
const policy = '    policy: secretsmanager-rotation-enabled\n';
const rules = { maxDays: 365, policyIds: ['secretsmanager-rotation-enabled', 'secretsmanager-rotation-interval'] };

const mistakes: readonly (readonly [name: string, edits: readonly (readonly [string, string])[], expected: readonly string[]])[] = [
  ['a day that does not exist', [['2026-12-31', '¶2026-02-30']], ['expires is no day | write it as 2027-01-31; it is a day in UTC']],
  ['a day in another order', [['2026-12-31', '¶31.12.2026']], ['expires is no day | write it as 2027-01-31; it is a day in UTC']],
  ['a time', [['2026-12-31', '¶2026-12-31T00:00:00Z']], ['expires is no day | write it as 2027-01-31; it is a day in UTC']],
  ['never', [['2026-12-31', '¶never']], ['expires is no day | write it as 2027-01-31; it is a day in UTC']],
  ['a first day that is none', [['2026-01-01', '¶soon']], ['created is no day | write it as 2027-01-31; it is a day in UTC']],
  [
    'a day too long',
    [['2026-12-31', '¶2027-01-02']],
    [
      'longer than 365 days from created (2026-01-01) | 2027-01-01 is the last day that is accepted; --waiver-max-days sets how long a waiver may be',
    ],
  ],
  ['the last day before the first', [['2026-12-31', '¶2025-12-31']], ['it expires before it was created (2026-01-01)']],
  [
    'no last day',
    [
      ['    expires: 2026-12-31\n', ''],
      ['- id', '- ¶id'],
    ],
    ['expires is missing'],
  ],
  ['nobody who answers for it', [['owner: payments', 'owner: ¶""']], ['must not be empty']],
  ['an owner of blanks', [['owner: payments', 'owner: ¶"  "']], ['must not be empty']],
  ['a last day to fill in', [['expires: 2026-12-31', 'expires:¶']], ['expected a text']],
  ['a misspelt key', [['ticket:', '¶tiket:']], ['there is no tiket here | did you mean ticket?']],
  ['a misspelt key of the match', [['{ address:', '{ ¶adress:']], ['there is no adress here | did you mean address?']],
  ['a match that names nothing', [[match, '    match: ¶{}\n']], ['it names nothing | it takes address, account, tags, itemKey']],
  [
    'an account that is a number',
    [["address: 'arn:aws:secretsmanager:*:secret:batch-*'", 'account: ¶111122223333']],
    ['expected a text | put the number in quotes'],
  ],
  [
    'no match',
    [
      [match, ''],
      ['- id', '- ¶id'],
    ],
    ['match is missing | a waiver names a policy and what of it is matched, or a gap'],
  ],
  [
    'a pattern of policies',
    [['secretsmanager-rotation-enabled', '¶secretsmanager-*']],
    ["secretsmanager-* is a pattern | write the ids of the policies; only '*' alone is every policy"],
  ],
  [
    'every policy and another',
    [['secretsmanager-rotation-enabled', "[¶'*', secretsmanager-rotation-enabled]"]],
    ["'*' is every policy: it stands alone"],
  ],
  [
    'something else that is covered',
    [['    reason', '    covers: [¶fial]\n    reason']],
    ['expected one of fail, unknown | did you mean fail?'],
  ],
  [
    'a gap and a policy',
    [
      [match, gap],
      [policy, policy.replace('policy', '¶policy')],
    ],
    ['policy does not go with gap | a gap is no finding: write a waiver of its own for each'],
  ],
  [
    'a pattern of actions',
    [
      [policy, ''],
      [match, gap.replace('ssm:DescribeParameters', '¶ssm:*')],
    ],
    ['does not match ^[a-z0-9-]+:[A-Za-z]+$'],
  ],
  [
    'an alias of YAML',
    [
      ['reason: The', 'reason: &a The'],
      ['owner: payments', 'owner: ¶*a'],
    ],
    ['YAML aliases are not accepted here | write the value out'],
  ],
  ['another version', [['sealcheck/v1', '¶sealcheck/v2']], ['expected sealcheck/v1']],
];

describe('mistakes in a file of waivers', () => {
  it.each(mistakes)('%s', (_name, edits, expected) => {
    const marked = edits.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    }, sound);
    const at = marked.indexOf(mark);
    const before = marked.slice(0, at).split('\n');
    const { waivers, diagnostics } = parseWaivers('waivers.yaml', marked.replaceAll(mark, ''), rules);
    expect(diagnostics.map(({ message, hint }) => (hint === undefined ? message : `${message} | ${hint}`))).toEqual(expected);
    expect([diagnostics[0]?.line, diagnostics[0]?.column]).toEqual([before.length, (before.at(-1) ?? '').length + 1]);
    expect(diagnostics[0]).toMatchObject({ severity: 'error', file: 'waivers.yaml', excerpt: expect.any(String) as string });
    expect(waivers).toEqual([]);
  });

  it('two of one id, and every mistake of the file at once', () => {
    const twice = `${sound}${sound.slice(sound.indexOf('  - id')).replace('2026-12-31', 'never')}`;
    const { diagnostics } = parseWaivers('waivers.yaml', twice, rules);
    expect(diagnostics.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '11: another waiver is called legacy-batch',
      '18: expires is no day',
    ]);
  });

  it('a policy that nobody knows is a warning: it may be of another run', () => {
    const { waivers, diagnostics } = parseWaivers('waivers.yaml', sound.replace('rotation-enabled', 'rotation-enable'), rules);
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        line: 4,
        message: 'no policy of this run or of the pack is called secretsmanager-rotation-enable',
        hint: 'did you mean secretsmanager-rotation-enabled?',
      },
    ]);
    expect(waivers).toHaveLength(1);
  });
});

describe('a sound file', () => {
  const load = (text: string, maxDays = 365) => parseWaivers('waivers.yaml', text, { ...rules, maxDays });
  it('is read', () => {
    expect(load(sound)).toEqual({
      diagnostics: [],
      waivers: [
        {
          id: 'legacy-batch',
          target: {
            kind: 'resources',
            policies: ['secretsmanager-rotation-enabled'],
            covers: ['fail'],
            match: { address: 'arn:aws:secretsmanager:*:secret:batch-*' },
          },
          reason: 'The batch job moves in spring.',
          owner: 'payments',
          ticket: 'SEC-118',
          created: '2026-01-01',
          expires: '2026-12-31',
          place: { file: 'waivers.yaml', line: 3, inline: false },
        },
      ],
    });
  });

  it.each([
    ['as long as is accepted', '2027-01-01', 365, 1],
    ['longer, where that is accepted', '2028-01-01', 730, 1],
    ['longer than a shorter limit', '2026-12-31', 90, 0],
    ['one day', '2026-01-01', 1, 1],
  ])('%s', (_name, expires, maxDays, count) => {
    expect(load(sound.replace('2026-12-31', expires), maxDays).waivers).toHaveLength(count);
  });

  it.each([
    ['every policy', [['secretsmanager-rotation-enabled', "'*'"]], { policies: ['*'] }],
    [
      'several policies',
      [['secretsmanager-rotation-enabled', '[secretsmanager-rotation-enabled, secretsmanager-rotation-interval]']],
      { policies: rules.policyIds },
    ],
    ['unknowns', [['    reason', '    covers: [unknown]\n    reason']], { covers: ['unknown'] }],
    ['live tags', [['waivers:', 'liveTags: true\nwaivers:']], { match: { liveTags: true } }],
    [
      'a gap',
      [
        [policy, ''],
        [match, gap],
      ],
      { kind: 'gap', action: 'ssm:DescribeParameters', scope: 'aws/111122223333/*' },
    ],
  ] as const)('%s', (_name, edits, target) => {
    const text = edits.reduce((from, [a, b]) => from.replace(a, b), sound);
    expect(load(text)).toMatchObject({ diagnostics: [], waivers: [{ target }] });
    expect(validate(parse(text))).toBe(true);
  });

  it('the published schema takes it, and refuses a day that is none', () => {
    expect(validate(parse(sound))).toBe(true);
    expect(validate(parse(sound.replace('2026-12-31', 'never')))).toBe(false);
    expect(validate(parse(sound.replace('    owner: payments\n', '')))).toBe(false);
  });
});

const schema = JSON.parse(readFileSync(new URL('../../schemas/waivers.schema.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
