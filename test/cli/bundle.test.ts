import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../src/endpoint/sample-account.ts';
import { cliPath, runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';
import { serve } from '../support/serve-account.ts';

const dist = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

describe('the built command', () => {
  it('is an executable file with a shebang, and loads the one bundle beside it', () => {
    expect(readFileSync(cliPath, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(cliPath).mode & 0o111).toBe(0o111);
    const imported = [cliPath, dist('main.js')].flatMap((file) => relativeImports(readFileSync(file, 'utf8')));
    expect(imported).toEqual(['./main.js']);
  });

  it.each(['cli.js', 'main.js', 'index.js'])('%s does not know the calls that give out values', (name) => {
    // Put together here, so that this file does not hold them either.
    const forbidden = [
      ['Get', 'SecretValue'],
      ['BatchGet', 'SecretValue'],
      ['With', 'Decryption'],
    ].map((parts) => parts.join(''));
    const text = readFileSync(dist(name), 'utf8');
    for (const word of forbidden) expect(text.includes(word), `${word} in ${name}`).toBe(false);
    // The search finds what is there.
    if (name !== 'cli.js') expect(text).toContain('ListSecretVersionIds');
  });
});

function relativeImports(text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*["'](\.\.?\/[^"']*)["']/g)].map((match) => match[1] ?? '');
}

/** Notes every module that is asked for, imported or required, in a file. */
const recorder = `
import Module, { register } from 'node:module';
import { appendFileSync } from 'node:fs';
const file = process.env.LOADED_FILE;
const load = Module._load;
Module._load = function (name, ...rest) {
  appendFileSync(file, name + '\\n');
  return load.call(this, name, ...rest);
};
const hooks = 'import { appendFileSync } from "node:fs"; export async function resolve(name, context, next) { appendFileSync('
  + JSON.stringify(file) + ', name + "\\\\n"); return next(name, context); }';
register('data:text/javascript,' + encodeURIComponent(hooks));
`;

const heavy = /^@aws-sdk\/|^@smithy\/|^@secretlint\/|^yaml$|cel-js|^re2js$|\.json$/;

/** The large modules that a command loads. */
async function heavyModules(args: readonly string[], url?: string): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const [hook, loaded] = [join(folder, 'recorder.mjs'), join(folder, 'loaded.txt')];
  writeFileSync(hook, recorder);
  writeFileSync(loaded, '');
  const nodeOptions = ['--import', pathToFileURL(hook).href];
  const run = await runCli(args, { nodeOptions, env: { LOADED_FILE: loaded }, ...(url === undefined ? {} : { url }) });
  expect(run.code).toBeLessThan(2);
  const names = readFileSync(loaded, 'utf8').trim().split('\n');
  expect(names.some((name) => name.endsWith('cli.js'))).toBe(true);
  return [...new Set(names.filter((name) => heavy.test(name)))].sort();
}

describe('what a command loads', () => {
  // Params may be patterns, which are checked as they are set.
  it.each([
    ['--version', []],
    ['--help', []],
    ['scan --help', []],
    ['policies list', ['#generated/pack.json', 're2js']],
    ['explain kms-key-rotates', ['#generated/pack.json', 're2js']],
    ['permissions', ['#generated/pack.json', 're2js']],
  ])('%s: no SDK, no YAML, no CEL', async (command, modules) => {
    expect(await heavyModules(command.split(' '))).toEqual(modules);
  });

  it('judging a saved account: no SDK, no YAML, no parser of CEL', async () => {
    const modules = await heavyModules(['scan', await savedAccountFile('sample')]);
    expect(modules.filter((name) => /@aws-sdk|@smithy|yaml|cel-js|secretlint/.test(name))).toEqual([]);
  });

  it('judging a plan: no SDK, no YAML, no parser of CEL or of templates', async () => {
    const plan = fileURLToPath(new URL('../fixtures/plans/acme/first-plan.json', import.meta.url));
    const modules = await heavyModules(['scan', plan]);
    expect(modules).toContain('#generated/pack.json');
    expect(modules.filter((name) => /@aws-sdk|@smithy|yaml|cel-js|jsonc-parser/.test(name))).toEqual([]);
  });

  it('a live scan: the clients of the services that its policies need, and no others', async () => {
    const { url } = await serve(sampleAccounts(Date.now()));
    const clients = async (policy: string): Promise<readonly string[]> =>
      (await heavyModules(['scan', '--aws', '-q', '--policy', policy], url)).filter((name) => name.startsWith('@aws-sdk/client-'));
    expect(await clients('iam-no-secretsmanager-wildcard')).toEqual(['@aws-sdk/client-iam', '@aws-sdk/client-sts']);
    expect(await clients('secretsmanager-rotation-enabled')).toEqual([
      '@aws-sdk/client-account',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sts',
    ]);
  });
});
