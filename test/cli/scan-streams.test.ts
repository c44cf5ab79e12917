import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../src/endpoint/sample-account.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';
import { serve } from '../support/serve-account.ts';

const hanging = { operation: 'secretsmanager:GetResourcePolicy', kind: 'hang' } as const;

describe('an interrupted scan', () => {
  it('writes what it has, marked as incomplete, and exits 130', async () => {
    const { url } = await serve(sampleAccounts(Date.now()), [hanging]);
    const cwd = temporaryFolder();
    const run = await runCli(['scan', '--aws', '-f', 'json=findings.json'], {
      url,
      cwd,
      // The account's global part is read; the region hangs.
      onStderr: (text, interrupt) => {
        if (text.includes('/global')) setTimeout(interrupt, 300);
      },
    });
    expect(run.code).toBe(130);
    expect(run.stdout).toMatch(/exit 130: interrupted before everything was read; the result is incomplete\n$/);
    const result = JSON.parse(readFileSync(join(cwd, 'findings.json'), 'utf8')) as ScanResult;
    expect(result.run).toMatchObject({ outcome: 'interrupted', exitCode: 130 });
    const policies = result.findings.filter(({ policyId }) => policyId === 'secretsmanager-no-public-access');
    expect(policies.length).toBeGreaterThan(0);
    expect(policies.filter(({ status }) => status === 'pass' || status === 'fail')).toEqual([]);
    expect(JSON.stringify(policies)).toContain('"reason":"request-failed"');
  });

  it('with --exit-zero exits 130 all the same', async () => {
    const { url } = await serve(sampleAccounts(Date.now()), [hanging]);
    const onStderr = (text: string, interrupt: () => void): void => {
      if (text.includes('/global')) setTimeout(interrupt, 300);
    };
    expect((await runCli(['scan', '--aws', '--exit-zero'], { url, onStderr })).code).toBe(130);
  });

  it('a second time ends at once', async () => {
    const { url } = await serve(sampleAccounts(Date.now()), [hanging]);
    const run = await runCli(['scan', '--aws'], {
      url,
      onStderr: (text, interrupt) => {
        if (!text.includes('/global')) return;
        interrupt();
        interrupt();
        setTimeout(interrupt, 1);
      },
    });
    expect(run.code).toBe(130);
  });

  it.each([
    ['collect', ['collect', '--aws', '-o', 'account.json']],
    ['doctor', ['doctor', '--aws']],
  ])('%s exits 130 too', async (_name, args) => {
    const { url, calls } = await serve(sampleAccounts(Date.now()), [{ operation: 'ssm:*', kind: 'hang' }]);
    const cwd = temporaryFolder();
    expect((await runCli(args, { url, cwd, interruptWhen: () => calls()['ssm:DescribeParameters'] !== undefined })).code).toBe(130);
    if (args[0] !== 'collect') return;
    const later = await runCli(['scan', 'account.json'], { cwd });
    expect(later.code).toBe(130);
    expect(later.stdout).toContain('interrupted before everything was read');
  });

  it('waiting for standard input ends at once', async () => {
    const run = await runCli(['scan', '-'], { stdin: { open: ' '.repeat(4_000_000) }, interruptWhen: ({ stdinTaken }) => stdinTaken });
    expect(run).toEqual({ code: 130, stdout: '', stderr: '' });
  });
});

describe('a reader that stops early', () => {
  it.each([
    ['text', []],
    ['JSON', ['-f', 'json']],
  ])('of %s changes neither the exit code nor the files', async (_name, args) => {
    const cwd = temporaryFolder();
    const run = await runCli(['scan', await savedAccountFile('sample'), '-f', 'sarif=a.sarif', ...args], { cwd, closeEarly: 'stdout' });
    expect(run.code).toBe(1);
    expect(run.stderr).not.toMatch(/EPIPE|bug/);
    expect(existsSync(join(cwd, 'a.sarif'))).toBe(true);
  });

  it('of progress does not end the scan', async () => {
    const { url } = await serve(sampleAccounts(Date.now()), [{ operation: '*', kind: 'latency', ms: 30 }]);
    const cwd = temporaryFolder();
    const run = await runCli(['scan', '--aws', '-f', 'json=findings.json'], { url, cwd, closeEarly: 'stderr' });
    expect(run.code).toBe(1);
    const { scopes } = JSON.parse(readFileSync(join(cwd, 'findings.json'), 'utf8')) as ScanResult;
    expect(scopes.map(({ status }) => status)).toEqual(['complete', 'complete']);
  });
});

describe('a secret’s name that attacks the terminal or the CI log', () => {
  it('comes out harmless in every format', async () => {
    const escape = String.fromCharCode(27);
    const bell = String.fromCharCode(7);
    const name = `evil${escape}]0;title${bell}\n::error::pwned\r${escape}[2J`;
    const { url } = await serve([{ id: '123456789012', regions: { 'us-east-1': { secrets: [{ name }] } }, iam: {} }]);
    for (const format of ['text', 'json', 'sarif']) {
      const run = await runCli(['scan', '--aws', '-f', format], { url });
      expect(run.code).toBe(1);
      expect(run.stdout + run.stderr).not.toContain(escape);
      expect(run.stdout + run.stderr).not.toContain(bell);
      expect(run.stdout + run.stderr).not.toMatch(/^\s*::/m);
      expect(run.stdout).toContain('evil');
    }
  });
});
