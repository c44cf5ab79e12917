import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';

const ownPolicy = `apiVersion: sealcheck/v1
id: own-secret-has-team
title: Secrets have a team
severity: low
tags: [ownership]
description: Nobody renews what belongs to nobody.
resource: AWS::SecretsManager::Secret
assert:
  - that: '"team" in resource.tags'
    message: '{{ resource.name }} has no team'
remediation: { text: Tag it. }
tests:
  - { name: with, resource: { name: a, tags: { team: a } }, expect: pass }
  - { name: without, resource: { name: a, tags: {} }, expect: fail }
  - { name: unknown, resource: { name: a, tags: { $unknown: access-denied } }, expect: unknown }
`;

function writeOwn(...files: readonly (readonly [string, string])[]): string {
  const folder = temporaryFolder();
  for (const [name, text] of files) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function scanSaved(...args: readonly string[]): Promise<CliRun> {
  return await runCli(['scan', await savedAccountFile('sample'), '-f', 'json', ...args]);
}

function idsOf({ stdout }: CliRun): readonly string[] {
  return (JSON.parse(stdout) as ScanResult).policies.map(({ id }) => id);
}

describe('which policies are judged', () => {
  it.each<[string, readonly string[], (ids: readonly string[]) => boolean]>([
    ['one by id', ['--policy', 'kms-key-rotates'], (ids) => ids.join() === 'kms-key-rotates'],
    ['two by id', ['--policy', 'kms-key-rotates', '--policy', 'secretsmanager-unused'], (ids) => ids.length === 2],
    [
      'by severity',
      ['--severity', 'critical'],
      (ids) => ids.length > 0 && ids.includes('kms-key-policy-not-public') && !ids.includes('kms-key-rotates'),
    ],
    ['all', [], (ids) => ids.length > 20],
  ])('%s', async (_name, args, holds) => {
    expect(holds(idsOf(await scanSaved(...args)))).toBe(true);
  });

  it('by tag', async () => {
    const folder = writeOwn(['own.yaml', ownPolicy]);
    expect(idsOf(await scanSaved('--policies', folder, '--tag', 'ownership'))).toEqual([
      'own-secret-has-team',
      'secretsmanager-name-pattern',
      'secretsmanager-required-tags',
    ]);
  });

  it.each([
    ['a file', 'own.yaml'],
    ['a folder', '.'],
  ])('%s with policies of the user’s own, on top of the pack or alone', async (_name, path) => {
    const folder = writeOwn(['own.yaml', ownPolicy], ['notes.txt', 'no policy']);
    const added = await scanSaved('--policies', join(folder, path));
    expect(idsOf(added)).toContain('own-secret-has-team');
    expect(idsOf(added)).toContain('kms-key-rotates');
    const alone = await scanSaved('--policies', join(folder, path), '--no-builtin');
    expect(idsOf(alone)).toEqual(['own-secret-has-team']);
    expect((JSON.parse(alone.stdout) as ScanResult).findings.every(({ policyId }) => policyId === 'own-secret-has-team')).toBe(true);
  });

  it('a param changes verdicts, and the result says so', async () => {
    const id = 'secretsmanager-rotation-interval';
    const count = async (...args: readonly string[]): Promise<number> => {
      const result = JSON.parse((await scanSaved('--policy', id, ...args)).stdout) as ScanResult;
      expect(result.policies[0]?.params).toEqual({ maxDays: args.length > 0 ? 1000 : 90 });
      return result.summary.findings.fail;
    };
    expect(await count('--param', `${id}.maxDays=1000`)).toBeLessThan(await count());
  });
});

describe('a mistake in the choice ends the run with 2', () => {
  const id = 'secretsmanager-rotation-interval';
  it.each([
    ['a misspelt id', ['--policy', `${id}l`], /there is no policy .*\n {2}did you mean secretsmanager-rotation-interval\?/],
    ['an id like no other', ['--policy', 'zzz'], /there is no policy zzz\n {2}sealcheck policies list shows them all/],
    ['a tag that none has', ['--tag', 'zzz'], /no policy has the tag zzz/],
    ['selectors that leave nothing', ['--policy', 'kms-key-rotates', '--severity', 'critical'], /no policy is selected\n {2}loosen/],
    ['a severity that is none', ['--severity', 'awful'], /Allowed choices are critical, high, medium, low, info/],
    ['a param out of bounds', ['--param', `${id}.maxDays=0`], /maxDays: the smallest accepted value is 1/],
    ['a param above its bounds', ['--param', `${id}.maxDays=1001`], /maxDays: the largest accepted value is 1000/],
    ['a param of another type', ['--param', `${id}.maxDays=soon`], /maxDays: /],
    ['a misspelt param', ['--param', `${id}.maxDay=5`], /has no param maxDay\n {2}did you mean maxDays\?/],
    ['a param of a misspelt policy', ['--param', `${id}l.maxDays=5`], /did you mean secretsmanager-rotation-interval\?/],
    ['no setting', ['--param', 'maxDays'], /maxDays is no setting\n {2}write --param POLICY\.NAME=VALUE/],
    ['nothing left', ['--no-builtin'], /--no-builtin leaves no policy\n {2}name your own with --policies PATH/],
    ['no such folder', ['--policies', 'nowhere'], /there is no nowhere/],
    ['a time that is none', ['--as-of', 'yesterday'], /yesterday is not a time\n {2}write --as-of 2026-01-31/],
    ['a flag that is misspelt', ['--polcy', 'x'], /unknown option '--polcy'\n\(Did you mean --policy\?\)/],
    ['a flag like no other', ['--zzz'], /unknown option '--zzz'/],
  ])('%s', async (_name, args, message) => {
    const run = await scanSaved(...args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
    expect(run.stderr).toMatch(/^error: /);
  });

  it('an id that the pack has already', async () => {
    const rotates = readFileSync(fileURLToPath(new URL('../../policies/kms/kms-key-rotates.yaml', import.meta.url)), 'utf8');
    const folder = writeOwn(['mine.yaml', rotates]);
    const run = await scanSaved('--policies', folder);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /two policies are called kms-key-rotates: .*kms-key-rotates\.yaml and .*mine\.yaml\n {2}choose another id, or leave the built-in pack out/,
    );
    expect((await scanSaved('--policies', folder, '--no-builtin')).code).toBe(1);
  });

  it('an id that two files have', async () => {
    const run = await scanSaved('--policies', writeOwn(['a.yaml', ownPolicy], ['b/c.yml', ownPolicy]));
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/two policies are called own-secret-has-team: .*a\.yaml and .*b\/c\.yml/);
  });

  it('an error in a policy file, with its place, before any account is read', async () => {
    const folder = writeOwn(['own.yaml', ownPolicy.replace('resource.tags', 'resource.tagz')]);
    const run = await runCli(['scan', 'no-such-account.json', '--policies', folder]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/own\.yaml:9:\d+: error: .*tagz/);
    expect(run.stderr).toMatch(/ 9 │ {3}- that: .*\n +│ +\^\n/);
    expect(run.stderr).toMatch(/did you mean .*tags/);
  });
});
