import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder, type CliRun } from '../support/run-cli.ts';

const own = `apiVersion: sealcheck/v1
id: own-rotates
title: Rotates
severity: low
description: Own.
resource: AWS::SecretsManager::Secret
params:
  maxDays: { type: int, default: 30, minimum: 1, maximum: 90, description: Days }
when: has(resource.rotation.schedule)
assert:
  - that: resource.rotation.schedule.intervalDays <= params.maxDays
    message: 'rotates too seldom'
remediation: { text: Rotate. }
tests:
  - { name: limit, resource: { rotation: { enabled: true, schedule: { intervalDays: 30 } } }, expect: pass }
  - { name: over, resource: { rotation: { enabled: true, schedule: { intervalDays: 31 } } }, expect: fail }
  - { name: unknown, resource: { rotation: { enabled: true, schedule: { intervalDays: { $unknown: access-denied } } } }, expect: unknown }
`;

async function testOwn(text: string, ...args: readonly string[]): Promise<CliRun> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'own.yaml'), text);
  return await runCli(['test', 'own.yaml', ...args], { cwd });
}

describe('sealcheck test', () => {
  it('passes every test of the built-in pack', async () => {
    const run = await runCli(['test']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const [, passed] = /^\d+ policies: (\d+) passed, 0 failed\n$/.exec(run.stdout) ?? [];
    expect(Number(passed)).toBeGreaterThan(1000);
  });

  it('passes a policy of the user’s own, boundary cases included, and the pack beside it', async () => {
    const run = await testOwn(own, '-v');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^ok {4}own-rotates: limit\n/);
    const [, passed] = /^1 policies: (\d+) passed, 0 failed$/m.exec(run.stdout) ?? [];
    expect(Number(passed)).toBeGreaterThan(3);
    expect((await testOwn(own, '--builtin')).stdout).toMatch(/\d\d policies: \d+ passed, 0 failed/);
  });

  it.each([
    [
      'a test that does not hold',
      own.replace('intervalDays: 31', 'intervalDays: 29'),
      /FAIL {2}own\.yaml:16 own-rotates: over\n {6}expected fail, got pass/,
    ],
    [
      'a threshold the wrong way round',
      own.replace('<= params', '< params'),
      /FAIL {2}own\.yaml:15 own-rotates: limit\n {6}expected pass, got fail/,
    ],
  ])('%s: 1, with its place', async (_name, text, stdout) => {
    const run = await testOwn(text);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(stdout);
    expect(run.stdout).toMatch(/[1-9]\d* failed\n$/);
  });

  it.each([
    [
      'a misspelt attribute',
      own.replace('schedule.intervalDays <=', 'schedule.intervalDay <='),
      /own\.yaml:11:\d+: error: .*intervalDay[\s\S]*did you mean .*intervalDays/,
    ],
    ['a misspelt key', own.replace('severity:', 'severty:'), /own\.yaml:4:1: error: .*severty/],
    [
      'a fixture that does not fit',
      own.replace('enabled: true, schedule: { intervalDays: 31', 'enabled: maybe, schedule: { intervalDays: 31'),
      /own\.yaml:16:\d+: error: /,
    ],
    ['no YAML', 'apiVersion: sealcheck/v1\nid: [', /own\.yaml:\d+:\d+: error: /],
    ['an empty file', '', /own\.yaml:1:1: error: /],
  ])('%s: 2, with line, column, the line and a caret', async (_name, text, stderr) => {
    const run = await testOwn(text);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(stderr);
    expect(run.stderr).toMatch(/error: \d+ errors? in 1 policy file\n$/);
    if (text !== '') expect(run.stderr).toMatch(/ │ .*\n +│ +\^\n/);
  });

  it('all errors of all files come at once', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.yaml'), own.replace('severity: low', 'severity: awful').replace('description: Own.', 'descripton: Own.'));
    writeFileSync(join(cwd, 'b.yaml'), own.replace('resource: AWS::SecretsManager::Secret', 'resource: AWS::SecretsManager::Sekret'));
    const run = await runCli(['test', '.'], { cwd });
    expect(run.code).toBe(2);
    for (const place of ['a.yaml:4:', 'a.yaml:5:', 'b.yaml:6:']) expect(run.stderr).toContain(place);
  });

  it('a policy without tests is a warning, not an error', async () => {
    const run = await testOwn(own.slice(0, own.indexOf('  - { name: over')));
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/own\.yaml:\d+:\d+: warning: /);
  });

  it('a path that is not there: 2', async () => {
    expect(await runCli(['test', 'nowhere'])).toMatchObject({ code: 2, stdout: '' });
  });
});
