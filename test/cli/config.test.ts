import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { loadConfig } from '../../src/cli/config/load-config.ts';
import { policyRules } from '../../src/cli/config/policy-rules.ts';
import { mergeSettings, type Environment, type GivenFlags, type Settings } from '../../src/cli/config/settings.ts';
import { sharedParams, takes } from '../../src/cli/config/shared-params.ts';
import { UserError, type Diagnostic } from '../../src/model/errors.ts';
import { loadPolicies } from '../../src/policy/load-policies.ts';
import { selectPolicies, type Selection } from '../../src/policy/select-policies.ts';
import { makePolicy } from '../engine/make-policy.ts';
import { runCli, type CliRun } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';
import { writeFiles } from '../support/write-files.ts';

const head = 'apiVersion: sealcheck/v1\n';
const { policies: pack } = loadPolicies([fileURLToPath(new URL('../../policies', import.meta.url))], { builtin: true });
const interval = 'secretsmanager-rotation-interval';
const trusting = 'secretsmanager-cross-account-access-trusted';

const configFile = (text: string): string => join(writeFiles({ 'c.yaml': head + text }), 'c.yaml');

/** Diagnostics of a file, as `LINE:COLUMN message | hint`; ¶ stands before each place. */
function mistakesOf(text: string): { readonly found: readonly string[]; readonly places: readonly string[] } {
  const places: string[] = [];
  const lines = (head + text).split('\n').map((line, index) => {
    let rest = line;
    for (let at = rest.indexOf('¶'); at >= 0; at = rest.indexOf('¶')) {
      places.push(`${index + 1}:${at + 1}`);
      rest = rest.replace('¶', '');
    }
    return rest;
  });
  const file = join(writeFiles({ 'c.yaml': lines.join('\n') }), 'c.yaml');
  try {
    policyRules(loadConfig(file), pack);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.code).toBe('config-invalid');
    const say = ({ message, hint }: Diagnostic): string => (hint === undefined ? message : `${message} | ${hint}`);
    for (const { excerpt, line } of error.diagnostics) expect(excerpt).toBe(lines[line - 1]);
    return { found: error.diagnostics.map((one) => `${one.line}:${one.column} ${say(one)}`), places };
  }
  return { found: [], places };
}

describe('mistakes in the file, with their places', () => {
  it.each<[string, string, readonly string[]]>([
    ['a misspelt key', '¶accunts: []', ['there is no accunts here | did you mean accounts?']],
    ['a misspelt severity', 'failOn: ¶hihg', ['expected one of critical, high, medium, low, info, none | did you mean high?']],
    ['an account without quotes', 'accounts: [{ id: ¶111122223333 }]', ['expected a text | put the number in quotes']],
    ['an account that is none', "accounts: [{ id: ¶'1' }]", ['expected the id of an account | twelve digits, in quotes']],
    [
      'a role that is none',
      "accounts: [{ id: '111122223333', role: ¶audit }]",
      ['expected the ARN of an IAM role | it looks like arn:aws:iam::123456789012:role/audit'],
    ],
    [
      'a role of another account',
      "accounts: [{ id: '111122223333', role: ¶'arn:aws:iam::444455556666:role/a' }]",
      ['this is a role of 444455556666, not of 111122223333'],
    ],
    ['an account twice', "accounts: [{ id: '111122223333' }, { id: ¶'111122223333' }]", ['the account 111122223333 stands here twice']],
    [
      'two accounts of one name',
      "accounts: [{ id: '111122223333', name: a }, { id: '444455556666', name: ¶a }]",
      ['two accounts are called a'],
    ],
    ['a region that is none', 'regions: [¶Ireland]', ['expected a region | it looks like eu-west-1; all stands for every enabled one']],
    [
      'an organization that is none',
      'trusted: { organizations: [¶acme] }',
      ['expected the id of an organization | it looks like o-a1b2c3d4e5'],
    ],
    ['a format that is none', 'outputs: { ¶jsno: a.json }', ['there is no format jsno | did you mean json?']],
    ['a naming pattern that is none', "naming: { secrets: ¶'(' }", ['not an RE2 pattern: error parsing regexp: missing closing ): `(`']],
    [
      'an unknown policy',
      'policies: { ¶kms-key-rotatess: { enabled: true } }',
      ['there is no policy kms-key-rotatess | did you mean kms-key-rotates?'],
    ],
    ['an unknown tag', 'tags: { ¶cots: { enabled: false } }', ['no policy has the tag cots | did you mean cost?']],
    [
      'an unknown param',
      `policies: { ${interval}: { params: { ¶maxDay: 3 } } }`,
      [`${interval} has no param maxDay | did you mean maxDays?`],
    ],
    [
      'a param out of bounds',
      `policies: { ${interval}: { params: { maxDays: ¶0 } } }`,
      ['the smallest accepted value is 1 | Longest accepted gap between two rotations, in days'],
    ],
    [
      'a param of another type in an override',
      `overrides: [{ match: { regions: [eu-west-1] }, policies: { ${interval}: { params: { maxDays: ¶soon } } } }]`,
      ['expected a whole number | Longest accepted gap between two rotations, in days'],
    ],
    [
      'a severity in an override',
      `overrides: [{ match: { regions: [eu-west-1] }, policies: { ${interval}: { ¶severity: low } } }]`,
      ['there is no severity here | it takes enabled, params'],
    ],
    ['an override of everything', 'overrides: [{ match: ¶{} }]', ['it names nothing | it takes accounts, regions, paths, tags']],
    [
      'an override of an account that is not named',
      'accounts: [{ id: "111122223333", name: sandbox }]\noverrides: [{ match: { accounts: [¶sandbxo] }, tags: { cost: { enabled: false } } }]',
      ['there is no account sandbxo in accounts | did you mean sandbox?'],
    ],
    [
      'an override that changes nothing',
      'overrides: [¶{ match: { regions: [a] }, policies: {} }]',
      ['this override changes nothing | say in policies or tags what is different'],
    ],
    [
      'an external id without a role',
      "accounts: [{ id: '111122223333', externalId: ¶a }]",
      ['an external id goes with a role | name the role that asks for it'],
    ],
    [
      'a param that is no value at all',
      `policies: { ${interval}: { params: { maxDays: ¶1.5 } } }`,
      ['expected a whole number or a text or true or false or a list'],
    ],
    ['a key that is a number', 'policies: { ¶1: {} }', ['a key must be a text | put it in quotes']],
    ['a key that is a list', '¶[a, b]: 1', ['a key must be a text | put it in quotes']],
    [
      'two mistakes in two lines',
      '¶regons: []\nfailOn: ¶bad',
      ['there is no regons here | did you mean regions?', 'expected one of critical, high, medium, low, info, none'],
    ],
    ['a duplicate key', 'failOn: low\n¶failOn: high', ['this key is here for the second time | keep one of them']],
    ['an alias', 'requiredTags: &a [owner]\nregions: ¶*a', ['YAML aliases are not accepted here | write the value out']],
  ])('%s', (_name, text, expected) => {
    const { found, places } = mistakesOf(text);
    expect(found).toEqual(expected.map((message, index) => `${places[index]} ${message}`));
  });

  it.each([
    ['an empty file', '', /expected an object/],
    ['a missing apiVersion', 'failOn: low', /apiVersion is missing/],
    ['another apiVersion', 'apiVersion: sealcheck/v2', /expected sealcheck\/v1/],
  ])('%s', (_name, text, message) => {
    expect(() => loadConfig(join(writeFiles({ 'c.yaml': text }), 'c.yaml'))).toThrow(message);
  });
});

type Row = readonly [
  string,
  { readonly paths?: readonly string[]; readonly flags?: GivenFlags; readonly env?: Environment; readonly file?: string },
  keyof Settings,
  unknown,
  string | RegExp,
];

describe('flags before environment before file before default', () => {
  const file =
    'failOn: high\nfailOnUnknown: high\nregions: [eu-west-1]\nbuiltin: false\nwithCaller: true\nsources: { aws: true, paths: [a.json] }\n';
  const env = { SEALCHECK_FAIL_ON: 'medium', SEALCHECK_FAIL_ON_UNKNOWN: 'never', SEALCHECK_REGIONS: 'us-east-1, us-west-2' };
  const rows: readonly Row[] = [
    ['failOn by flag', { flags: { failOn: 'critical' }, env, file }, 'failOn', 'critical', '--fail-on'],
    ['failOn by flag, though it says the default', { flags: { failOn: 'low' }, env, file }, 'failOn', 'low', '--fail-on'],
    ['failOn by variable', { env, file }, 'failOn', 'medium', 'SEALCHECK_FAIL_ON'],
    ['failOn by an empty variable', { env: { SEALCHECK_FAIL_ON: '' }, file }, 'failOn', 'high', /c\.yaml:2$/],
    ['failOn by file', { file }, 'failOn', 'high', /c\.yaml:2$/],
    ['failOn by default', {}, 'failOn', 'low', 'default'],
    ['failOnUnknown by flag', { flags: { failOnUnknown: 'low' }, env, file }, 'failOnUnknown', 'low', '--fail-on-unknown'],
    ['failOnUnknown by variable', { env, file }, 'failOnUnknown', 'never', 'SEALCHECK_FAIL_ON_UNKNOWN'],
    ['failOnUnknown by file', { file }, 'failOnUnknown', 'high', /c\.yaml:3$/],
    ['failOnUnknown by default', {}, 'failOnUnknown', undefined, 'default'],
    ['regions by flag', { flags: { region: ['all'] }, env, file }, 'regions', ['all'], '--region'],
    ['regions by variable', { env, file }, 'regions', ['us-east-1', 'us-west-2'], 'SEALCHECK_REGIONS'],
    ['regions by file', { file }, 'regions', ['eu-west-1'], /c\.yaml:4$/],
    ['builtin by flag', { flags: { builtin: false } }, 'builtin', false, '--no-builtin'],
    ['builtin by file, with the default of the flag', { flags: { builtin: true }, file }, 'builtin', false, /c\.yaml:5$/],
    ['paths by argument', { paths: ['b.json'], file }, 'paths', ['b.json'], 'arguments'],
    ['no live account of the file beside an argument', { paths: ['b.json'], file }, 'aws', false, 'arguments'],
    ['no paths of the file beside --aws', { flags: { aws: true }, file }, 'paths', [], '--aws'],
    ['aws by file', { flags: { format: [] }, file }, 'aws', true, /c\.yaml:7$/],
    ['outputs by flag', { flags: { format: ['json'] }, file: 'outputs: { json: a }' }, 'outputs', ['json'], '--format'],
    ['outputs to standard output', { file: "outputs: { json: '-' }" }, 'outputs', ['json=-'], /c\.yaml:2$/],
    [
      'roles by flag',
      {
        flags: { roleArn: ['arn:b'], externalId: 'x' },
        file: "accounts: [{ id: '111122223333', role: 'arn:aws:iam::111122223333:role/a' }]",
      },
      'roles',
      [{ arn: 'arn:b', externalId: 'x' }],
      '--role-arn',
    ],
    [
      'roles by file, but for accounts without one',
      { file: "accounts: [{ id: '111122223333', role: 'arn:aws:iam::111122223333:role/a', externalId: y }, { id: '444455556666' }]" },
      'roles',
      [{ arn: 'arn:aws:iam::111122223333:role/a', externalId: 'y' }],
      /c\.yaml:2$/,
    ],
  ];
  it.each(rows)('%s', (_name, { paths = [], flags = {}, env: variables = {}, file: text }, key, value, from) => {
    const settings = mergeSettings(paths, flags, variables, text === undefined ? undefined : loadConfig(configFile(text)));
    expect(settings[key].value).toEqual(value);
    if (typeof from === 'string') expect(settings[key].from).toBe(from);
    else expect(settings[key].from).toMatch(from);
  });

  it.each([
    ['SEALCHECK_FAIL_ON', 'hihg', /SEALCHECK_FAIL_ON: expected one of critical/],
    ['SEALCHECK_FAIL_ON_UNKNOWN', 'none', /SEALCHECK_FAIL_ON_UNKNOWN: expected one of .*never/],
    ['SEALCHECK_REGIONS', 'a,,b', /SEALCHECK_REGIONS: expected regions/],
  ])('%s=%s is a mistake', (name, text, message) => {
    expect(() => mergeSettings([], {}, { [name]: text }, undefined)).toThrow(message);
  });
});

describe('what the file says of policies', () => {
  function select(text: string, selection: Partial<Selection> = {}, policies = pack): ReturnType<typeof selectPolicies> {
    const rules = policyRules(loadConfig(configFile(text)), policies);
    return selectPolicies(policies, { ids: [], tags: [], params: [], ...selection, rules });
  }
  const find = (selected: ReturnType<typeof selectPolicies>, id: string): ReturnType<typeof selectPolicies>[number] | undefined =>
    selected.find(({ policy }) => policy.id === id);
  const off = `policies: { ${interval}: { enabled: false } }`;
  const offByTag = 'tags: { rotation: { enabled: false } }';

  it.each<[string, string, Partial<Selection>, boolean]>([
    ['off by id', off, {}, false],
    ['off by tag', offByTag, {}, false],
    ['on by id goes before off by tag', `${offByTag}\npolicies: { ${interval}: { enabled: true } }`, {}, true],
    ['--policy goes before off by id', off, { ids: [interval] }, true],
    ['--policy goes before off by tag', offByTag, { ids: [interval] }, true],
    ['--tag goes before off by tag', offByTag, { tags: ['rotation'] }, true],
    ['--tag does not go before off by id', off, { tags: ['rotation'] }, false],
    ['off but for some', `${off}\noverrides: [{ match: { regions: [a] }, policies: { ${interval}: { enabled: true } } }]`, {}, true],
    ['--severity counts the severity of the file', `policies: { ${interval}: { severity: critical } }`, { severity: 'critical' }, true],
    ['--severity leaves out what the file makes milder', `policies: { ${interval}: { severity: info } }`, { severity: 'low' }, false],
  ])('%s', (_name, text, selection, expected) => {
    expect(find(select(text, selection), interval) !== undefined).toBe(expected);
  });

  it('params: default, what is said once, of the policy, of an override, by flag', () => {
    const text = [
      `trusted: { accounts: ['111122223333'], organizations: [o-a1b2c3d4e5] }`,
      `policies: { ${interval}: { params: { maxDays: 30 } } }`,
      `overrides: [{ match: { regions: [a] }, policies: { ${interval}: { params: { maxDays: 365 } } } }]`,
    ].join('\n');
    const selected = select(text);
    expect(find(selected, trusting)?.params).toEqual({ trustedAccounts: ['111122223333'], trustedOrganizations: ['o-a1b2c3d4e5'] });
    expect(find(selected, interval)?.params).toEqual({ maxDays: 30 });
    expect(find(selected, interval)?.overrides?.[0]?.setting).toEqual({ kind: 'judged', params: { maxDays: 365 } });
    const flagged = find(select(text, { params: [`${interval}.maxDays=7`] }), interval);
    expect([flagged?.params, flagged?.overrides?.[0]?.setting]).toEqual([{ maxDays: 7 }, { kind: 'judged', params: { maxDays: 7 } }]);
    const own = `trusted: { accounts: ['111122223333'] }\npolicies: { ${trusting}: { params: { trustedAccounts: [] } } }`;
    expect(find(select(own), trusting)?.params['trustedAccounts']).toEqual([]);
  });

  it('an override without switch leaves a policy off, and one by tag switches it off, with the place', () => {
    const text = `${off}\noverrides:\n  - { match: { regions: [a] }, policies: { ${interval}: { params: { maxDays: 1 } } } }\n  - { match: { regions: [b] }, policies: { ${interval}: { enabled: true } } }`;
    const found = find(select(text), interval);
    expect(found?.off).toMatch(/^switched off by .*c\.yaml:2$/);
    expect(found?.overrides?.map(({ setting }) => setting.kind)).toEqual(['off', 'judged']);
    const byTag = find(
      select('overrides:\n  - match: { accounts: ["111122223333"] }\n    tags: { rotation: { enabled: false } }'),
      interval,
    );
    expect(byTag?.overrides?.[0]).toMatchObject({ match: { accounts: ['111122223333'] } });
    const setting = byTag?.overrides?.[0]?.setting;
    expect(setting?.kind === 'off' && setting.reason).toMatch(/^switched off by .*c\.yaml:4$/);
  });

  const tagged = makePolicy({
    id: 'own-required-tags',
    params: { requiredTags: { type: 'list<string>', default: [], description: 'Keys' } },
  });
  const named = (id: string, resource: string): ReturnType<typeof makePolicy> =>
    makePolicy({ id, resource, params: { namePattern: { type: 'regex', default: '.', description: 'Names' } } });
  const secrets = named('own-secret-names', 'AWS::SecretsManager::Secret');
  const parameters = named('own-parameter-names', 'AWS::SSM::Parameter');
  const shared = "requiredTags: [owner]\nnaming: { secrets: '^s', parameters: '^p' }";

  it('required tags and naming patterns reach whoever has the param', () => {
    const selected = select(shared, {}, [tagged, secrets, parameters]);
    expect(selected.map(({ params }) => params)).toEqual([{ requiredTags: ['owner'] }, { namePattern: '^s' }, { namePattern: '^p' }]);
  });

  it('and nobody else', () => {
    const without = makePolicy({ id: 'own-without' });
    expect(select(shared, {}, [without]).map(({ params }) => params)).toEqual([{}]);
  });

  it('a param of the name that has another type is a mistake, at its place', () => {
    const other = makePolicy({
      id: 'own-other',
      params: { requiredTags: { type: 'int', default: 1, minimum: 0, maximum: 2, description: 'x' } },
    });
    expect(() => select(shared, {}, [other])).toThrow(/own-other\.requiredTags: expected a whole number/);
  });

  it.each<[string, readonly string[]]>([
    ['trusted.accounts', ['iam-secret-readers-trust-conditions', trusting]],
    ['trusted.organizations', [trusting]],
    ['requiredTags', ['secretsmanager-required-tags']],
    ['naming.secrets', ['secretsmanager-name-pattern']],
    ['naming.parameters', ['ssm-parameter-hierarchical-name']],
  ])('%s reaches, of the built-in pack: %j', (path, expected) => {
    const shared = sharedParams.find((one) => one.path.join('.') === path);
    expect(shared && pack.filter((policy) => takes(policy, shared)).map(({ id }) => id)).toEqual(expected);
  });

  it('every shared param has a key of its own', () => {
    expect(new Set(sharedParams.map(({ path }) => path.join('.'))).size).toBe(sharedParams.length);
  });
});

describe('the built command', () => {
  async function scan(
    files: { readonly [name: string]: string },
    args: readonly string[] = [],
    env: Record<string, string> = {},
    below = '.',
  ): Promise<CliRun> {
    const account = await savedAccountFile('sample');
    const folder = writeFiles({ ...files, 'sub/x': '', 'account.json': readFileSync(account, 'utf8') });
    return await runCli(['scan', ...args], { cwd: join(folder, below), env });
  }
  const base = `${head}sources: { paths: [account.json] }\n`;
  const one = ['--policy', interval, '-f', 'json'];
  const resultOf = ({ stdout }: CliRun): ScanResult => JSON.parse(stdout) as ScanResult;
  const maxDays = `policies: { ${interval}: { severity: critical, params: { maxDays: 1000 } } }\n`;

  it('finds the file above, reads what it names, and says the truth about params and severities', async () => {
    const run = await scan({ 'sealcheck.config.yaml': base + maxDays }, one, {}, 'sub');
    const { policies, findings } = resultOf(run);
    expect(policies[0]).toMatchObject({ params: { maxDays: 1000 }, severity: 'critical' });
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.every(({ severity }) => severity === 'critical')).toBe(true);
  });

  it.each<[string, { readonly [name: string]: string }, readonly string[], Record<string, string>, string, number]>([
    ['--config names it', { 'c.yaml': base + maxDays }, ['--config', 'c.yaml'], {}, '.', 1000],
    ['SEALCHECK_CONFIG names it', { 'c.yaml': base + maxDays }, [], { SEALCHECK_CONFIG: 'c.yaml' }, '.', 1000],
    ['--config goes before it', { 'c.yaml': base + maxDays }, ['--config', 'c.yaml'], { SEALCHECK_CONFIG: 'no.yaml' }, '.', 1000],
    [
      '--no-config leaves it out',
      { 'sealcheck.config.yaml': 'broken: [' },
      ['account.json', '--no-config'],
      { SEALCHECK_CONFIG: 'x' },
      '.',
      90,
    ],
    [
      'one above the git top is not looked at',
      { 'sealcheck.config.yaml': 'broken: [', 'sub/.git': '' },
      ['../account.json'],
      {},
      'sub',
      90,
    ],
    ['one beside the git top is', { 'sealcheck.config.yaml': base + maxDays, '.git': '' }, [], {}, 'sub', 1000],
  ])('%s', async (_name, files, args, env, below, expected) => {
    expect(resultOf(await scan(files, [...args, ...one], env, below)).policies[0]?.params).toEqual({ maxDays: expected });
  });

  it('a policy that an override switches off is shown as such, and the run names what is off everywhere', async () => {
    const text = `${base}tags: { cost: { enabled: false } }\noverrides:\n  - match: { regions: ['*'] }\n    policies: { ${interval}: { enabled: false } }\n`;
    const { findings, run, policies } = resultOf(await scan({ 'sealcheck.config.yaml': text }, ['-f', 'json']));
    const own = findings.filter(({ policyId }) => policyId === interval);
    expect(own.length).toBeGreaterThan(0);
    for (const finding of own)
      expect(finding).toMatchObject({ status: 'not_applicable', reason: 'switched off by sealcheck.config.yaml:6' });
    expect(policies.some(({ id }) => id === 'secretsmanager-unused')).toBe(false);
    expect(run.notes.join()).toContain('secretsmanager-unused (sealcheck.config.yaml:3)');
  });

  it('a mistake ends the run with 2, with the place and a caret', async () => {
    const run = await scan({ 'sealcheck.config.yaml': `${base}failOn: hihg\n` });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^sealcheck\.config\.yaml:3:9: error: expected one of .*\n +3 │ failOn: hihg\n +│ {9}\^\n +did you mean high\?\n$/,
    );
  });

  it('a file that is not there is a mistake', async () => {
    const run = await scan({}, ['--config', 'no.yaml']);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/there is no configuration no\.yaml/);
  });

  it('thresholds and outputs of the file count', async () => {
    const text = `${base}failOn: none\nfailOnUnknown: never\noutputs: { json: out/findings.json }\n`;
    const folder = writeFiles({
      'sealcheck.config.yaml': text,
      'sub/x': '',
      'account.json': readFileSync(await savedAccountFile('sample'), 'utf8'),
    });
    const run = await runCli(['scan'], { cwd: join(folder, 'sub') });
    expect(run.code).toBe(0);
    expect((JSON.parse(readFileSync(join(folder, 'out/findings.json'), 'utf8')) as ScanResult).run.failOn).toBe('none');
  });

  it('--print-config says where each value comes from, scans nothing, and is a configuration that says the same', async () => {
    const text = `${base}${maxDays}regions: [eu-west-1]\ntrusted: { accounts: ['999988887777'] }\noverrides:\n  - match: { tags: { env: dev } }\n    policies: { kms-key-rotates: { enabled: false } }\n  - match: { accounts: ['111122223333'], paths: ['a/**'] }\n    policies: { kms-key-rotates: { enabled: true }, ${interval}: { params: { maxDays: 365 } } }\n`;
    const args = ['--print-config', '--fail-on', 'medium', '--param', 'secretsmanager-unused.maxDays=9'];
    const run = await scan({ 'sealcheck.config.yaml': text }, args, { SEALCHECK_REGIONS: 'us-east-1' });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    for (const [value, from] of [
      ['failOn: medium', 'flag --fail-on'],
      ['failOnUnknown: medium', 'default: as failOn'],
      ['regions: \\[us-east-1\\]', 'environment SEALCHECK_REGIONS'],
      ['builtin: true', 'default'],
      ['maxDays: 1000', 'sealcheck.config.yaml:3'],
      ['maxDays: 9', 'flag --param'],
      ['trustedAccounts: \\["999988887777"\\]', 'sealcheck.config.yaml:5'],
    ] as const) {
      expect(run.stdout).toMatch(new RegExp(`^ *${value} +# ${from}$`, 'm'));
    }
    const again = await scan({ 'sealcheck.config.yaml': run.stdout }, ['--print-config']);
    expect(again.code).toBe(0);
    expect(parse(again.stdout)).toEqual(parse(run.stdout));
  });

  it('the example of docs/config.md is sound, and its order of overrides too', async () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8'))?.[1] ?? '';
    const run = await scan({ 'sealcheck.config.yaml': example }, ['--print-config']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const printed = parse(run.stdout) as { readonly overrides: readonly { readonly match: object }[] };
    expect(printed.overrides.map(({ match }) => match)).toEqual([{ accounts: ['444455556666'] }, { paths: ['examples/**'] }]);
  });

  it('and explain shows of it what docs/config.md says', async () => {
    const text = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    const [, severity = '-', rest = '-'] = /\$ sealcheck explain [^\n]+\n…\n([^\n]+\n)\n([\s\S]*?)```/.exec(text) ?? [];
    const run = await runCli(['explain', interval], { cwd: writeFiles({ 'sealcheck.config.yaml': example }) });
    expect(run.stdout).toContain(severity);
    expect(run.stdout).toContain(rest);
  });
});
