import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { writeFiles } from '../support/write-files.ts';

const head = 'apiVersion: sealcheck/v1\n';
const nested = (depth: number): string => Array.from({ length: depth }, (_none, index) => `${' '.repeat(index + 1)}a:\n`).join('');

/** Name, what stands below the head, where the first complaint is, and what it says. */
const rows: readonly (readonly [string, string, string, RegExp])[] = [
  ['a file that is too large', `requiredTags:\n${'  - some-tag\n'.repeat(30_000)}`, '1:1', /the file is larger than 256 KiB/],
  ['lists in lists', `x-a: ${'['.repeat(5_000)}${']'.repeat(5_000)}`, '1:1', /nested too deeply/],
  ['objects in objects', `x-a: ${'{a: '.repeat(3_000)}1${'}'.repeat(3_000)}`, '1:1', /nested too deeply/],
  ['levels of indentation', `x-a:\n${nested(400)}`, '1:1', /nested too deeply/],
  ['an alias bomb', 'x-a: &a [1, 1, 1]\nx-b: &b [*a, *a, *a]\nx-c: [*b, *b, *b]', '3:10', /YAML aliases are not accepted here/],
  ['a merge key', 'x-a: &a { enabled: false }\npolicies: { kms-key-rotates: { <<: *a } }', '3:36', /YAML aliases are not accepted here/],
  ['a merge key without an alias', 'policies: { kms-key-rotates: { <<: { enabled: false } } }', '2:32', /there is no << here/],
  ['__proto__ at the top', '__proto__: { failOn: none }', '2:1', /there is no __proto__ here/],
  ['__proto__ as a policy', 'policies: { __proto__: { enabled: false } }', '2:13', /there is no policy __proto__/],
  ['constructor as a policy', 'policies: { constructor: { enabled: false } }', '2:13', /there is no policy constructor/],
  ['__proto__ in a policy', 'policies: { kms-key-rotates: { __proto__: { enabled: false } } }', '2:32', /there is no __proto__ here/],
  [
    '__proto__ as a param',
    'policies: { secretsmanager-rotation-interval: { params: { __proto__: 3 } } }',
    '2:59',
    /__proto__ is not a name: letters and digits/,
  ],
  [
    'constructor as a param',
    'policies: { secretsmanager-rotation-interval: { params: { constructor: 3 } } }',
    '2:59',
    /secretsmanager-rotation-interval has no param constructor/,
  ],
  ['constructor as a tag', 'tags: { constructor: { enabled: false } }', '2:9', /no policy has the tag constructor/],
  ['__proto__ as an output', 'outputs: { __proto__: a.json }', '2:12', /there is no format __proto__/],
  ['a duplicate key', 'failOn: low\nfailOn: high', '3:1', /this key is here for the second time/],
  [
    'a duplicate key inside',
    'policies: { kms-key-rotates: { enabled: true, enabled: false } }',
    '2:47',
    /this key is here for the second time/,
  ],
  ['a list at the top', '---\n- a', '2:1', /a second document begins here/],
  ['nothing where an object should be', 'policies:', '2:10', /expected an object/],
  ['a list where an object should be', 'policies: []', '2:11', /expected an object/],
  ['a text where a list should be', 'regions: eu-west-1', '2:10', /expected a list/],
  ['yes for true', 'builtin: yes', '2:10', /expected true or false/],
  ['a tag of YAML', 'failOn: !!js/function x', '2:9', /begins with !, which YAML takes for a tag/],
  ['a key that is a list', '? [a, b]\n: 1', '2:3', /a key must be a text/],
  ['a pattern that would be slow to match', "naming: { parameters: '(a{1,1000}){1,1000}' }", '2:23', /not an RE2 pattern: .*too large/],
  ['a misspelt key', 'overides: []', '2:1', /there is no overides here\n[\s\S]*did you mean overrides\?\n$/],
  ['a misspelt policy', 'policies: { kms-key-rotate: { enabled: true } }', '2:13', /did you mean kms-key-rotates\?\n$/],
  ['a misspelt tag', 'tags: { rotatoin: { enabled: true } }', '2:9', /did you mean rotation\?\n$/],
  [
    'a severity for some resources only',
    "overrides: [{ match: { regions: ['*'] }, policies: { kms-key-rotates: { severity: low } } }]",
    '2:73',
    /there is no severity here/,
  ],
  [
    'policies that are not there',
    'policyPaths: [nowhere.yaml]',
    '2:15',
    /there is no nowhere\.yaml\n[\s\S]*paths are relative to this file\n$/,
  ],
];

describe('a configuration that means harm, or is a slip, is 2 with its place, and nothing but that', () => {
  it.each(rows)('%s', async (_name, text, place, message) => {
    const cwd = writeFiles({ 'sealcheck.config.yaml': `${head}${text}\n` });
    const run = await runCli(['policies'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr.startsWith(`sealcheck.config.yaml:${place}: error: `)).toBe(true);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/Warning|bug in sealcheck|\n {4}at /);
  });

  it.each([
    ['sources: { paths: [nowhere.json] }', '2:20'],
    ['sources: { aws: true }\nwaivers: nowhere.yaml', '3:10'],
  ])('what a scan is to read and is not there: %s', async (text, place) => {
    const cwd = writeFiles({ 'sealcheck.config.yaml': `${head}${text}\n` });
    const run = await runCli(['scan'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(new RegExp(`^sealcheck\\.config\\.yaml:${place}: error: there is no nowhere\\.`));
    expect((await runCli(['scan', '--print-config'], { cwd })).code).toBe(0);
  });

  it.each<[string, Buffer | undefined, RegExp]>([
    ['not UTF-8', Buffer.from([0x61, 0xff, 0xfe]), /^error: cannot read c\.yaml: it is not UTF-8 text\n$/],
    [
      'UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(head, 'utf16le')]),
      /^error: cannot read c\.yaml: it is not UTF-8 text\n$/,
    ],
    ['cut in the middle of a character', Buffer.from([...Buffer.from(`${head}x-a: `), 0xe2, 0x82]), /it is not UTF-8 text/],
    [
      'far too large, in characters of several bytes',
      Buffer.from('€'.repeat(700_000)),
      /^c\.yaml:1:1: error: the file is larger than 256 KiB\n/,
    ],
    ['a folder', undefined, /^error: cannot read c\.yaml: EISDIR\n$/],
  ])('a file that is %s', async (_name, bytes, message) => {
    const cwd = writeFiles(bytes === undefined ? { 'c.yaml/x': '' } : {});
    if (bytes !== undefined) writeFileSync(join(cwd, 'c.yaml'), bytes);
    const run = await runCli(['policies', '--config', 'c.yaml'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });

  it.skipIf(process.platform !== 'linux')('a file without an end', async () => {
    const run = await runCli(['policies', '--config', '/dev/zero']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('the file is larger than 256 KiB');
  });

  it.each([
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(`${head}failOn: high\n`)])],
    ['keys of your own', Buffer.from(`${head}failOn: high\nx-notes: { __proto__: [1, { a: b }] }\n`)],
  ])('%s is no mistake', async (_name, bytes) => {
    const cwd = writeFiles({});
    writeFileSync(join(cwd, 'c.yaml'), bytes);
    const run = await runCli(['scan', '--print-config', '--config', 'c.yaml'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^failOn: high /m);
  });

  it('a tag that every object inherits matches nothing', async () => {
    const template = 'Resources:\n  Key:\n    Type: AWS::SecretsManager::Secret\n    Properties: { Name: a, GenerateSecretString: {} }\n';
    const config = `${head}overrides:\n  - match: { tags: { constructor: '*', __proto__: '*' } }\n    policies: { secretsmanager-rotation-enabled: { enabled: false } }\n`;
    const cwd = writeFiles({ 'sealcheck.config.yaml': config, 'template.yaml': template });
    const run = await runCli(['scan', 'template.yaml', '--policy', 'secretsmanager-rotation-enabled', '-f', 'json'], { cwd });
    expect(
      (JSON.parse(run.stdout) as { readonly findings: readonly { readonly status: string }[] }).findings.map(({ status }) => status),
    ).toEqual(['fail']);
  });
});

describe('a file that is none of ours', () => {
  const canary = 'FAKE-CANARY-0123456789';
  const files = {
    'the environment of a process': `AWS_SESSION_TOKEN=${canary}\0A=1\0`,
    'the credentials of AWS': `[default]\naws_secret_access_key = ${canary}\n`,
    'the settings of npm': `//registry.npmjs.org/:_authToken=${canary}\n`,
    'the credentials of git': `https://user:${canary}@github.com\n`,
    'a kubeconfig': `apiVersion: v1\nusers: [{ name: a, user: { token: ${canary} } }]\n`,
    'a JSON file': `{"auths": {"ghcr.io": {"auth": "${canary}"}}}`,
  };
  const flags = { policies: ['--policies', 'f.yaml'], config: ['--config', 'f.yaml'], waivers: ['--waivers', 'f.yaml'] };

  it.each(Object.keys(files) as (keyof typeof files)[])('%s: refused, and not quoted', async (name) => {
    const cwd = writeFiles({ 'f.yaml': files[name], 'app.yaml': 'Resources: {T: {Type: "AWS::SNS::Topic"}}' });
    for (const flag of Object.values(flags)) {
      const run = await runCli(['scan', 'app.yaml', ...flag], { cwd });
      expect(run.code).toBe(2);
      expect(run.stderr).toContain('f.yaml:');
      expect(run.stdout + run.stderr).not.toContain(canary);
    }
  });
});
