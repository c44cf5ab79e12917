import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/endpoint/fault.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { denyEverything } from '../support/deny-everything.ts';
import { runCli } from '../support/run-cli.ts';
import { smallAccount } from '../support/small-account.ts';
import { serve } from '../support/serve-account.ts';

const now = Date.now();
const sound = [smallAccount(now)];
const day = 86_400_000;
/** One more secret that never rotated (medium), with the AWS managed key (medium), and no other fault. */
const faulty = [smallAccount(now, [{ name: 'orders/legacy', createdAt: now - 20 * day, lastAccessedAt: now - day }])];
const deny: Fault = { operation: 'secretsmanager:GetResourcePolicy', kind: 'deny' };
const gap: Fault = { operation: 'ssm:DescribeParameters', kind: 'deny' };

interface Case {
  readonly accounts?: typeof sound;
  readonly faults?: readonly Fault[];
  readonly args?: readonly string[];
  readonly code: number;
  readonly reason: RegExp;
}

const cases: { readonly [name: string]: Case } = {
  'no fault: 0': { code: 0, reason: /exit 0: no failures and nothing unknown/ },
  'a failure: 1': { accounts: faulty, code: 1, reason: /exit 1: 2 failures at or above low \(--fail-on low\)/ },
  'a failure below the threshold: 0': {
    accounts: faulty,
    args: ['--fail-on', 'high'],
    code: 0,
    reason: /exit 0: nothing at or above the thresholds; 2 findings below them/,
  },
  'a failure at the threshold: 1': { accounts: faulty, args: ['--fail-on', 'medium'], code: 1, reason: /--fail-on medium/ },
  'a failure, none counts: 0': { accounts: faulty, args: ['--fail-on', 'none'], code: 0, reason: /exit 0/ },
  'a failure with --exit-zero: 0': {
    accounts: faulty,
    args: ['--exit-zero'],
    code: 0,
    reason: /exit 1: [\s\S]*exit 0 instead of 1, because of --exit-zero/,
  },
  'unknowns: 3': { faults: [deny], code: 3, reason: /exit 3: incomplete: 3 unknowns at or above low \(--fail-on-unknown low\)/ },
  'unknowns that never count: 0': { faults: [deny], args: ['--fail-on-unknown', 'never'], code: 0, reason: /exit 0: .*3 findings below/ },
  'unknowns of lower severity than asked: 3, as these are critical and high': {
    faults: [deny],
    args: ['--fail-on-unknown', 'critical'],
    code: 3,
    reason: /incomplete: 1 unknown at or above critical/,
  },
  'a gap: 3': { faults: [gap], code: 3, reason: /exit 3: incomplete: 1 gap in what was read/ },
  'a gap counts as critical: 3': { faults: [gap], args: ['--fail-on', 'critical'], code: 3, reason: /1 gap/ },
  'a gap with --exit-zero: 0': { faults: [gap], args: ['--exit-zero'], code: 0, reason: /exit 0 instead of 3/ },
  'failures before unknowns: 1, and both are named': {
    accounts: faulty,
    faults: [deny],
    code: 1,
    reason: /exit 1: 2 failures .*; also incomplete: 6 unknowns/,
  },
  'no scope could be read: 4': {
    faults: denyEverything(),
    code: 4,
    reason: /exit 4: no scope could be read/,
  },
  'no scope could be read, and --exit-zero does not forgive that: 4': {
    faults: denyEverything(),
    args: ['--exit-zero'],
    code: 4,
    reason: /exit 4/,
  },
  'credentials that AWS refuses: 4, in one line and a hint': {
    faults: [{ operation: '*', kind: 'expired' }],
    code: 4,
    reason: /^error: cannot enter the account: the credentials have expired: .*\n {2}renew the credentials and run again\n$/,
  },
};

describe('sealcheck scan --aws', () => {
  it.each(Object.entries(cases))('%s', async (_name, { accounts = sound, faults = [], args = [], code, reason }) => {
    const endpoint = await serve(accounts, faults);
    const run = await runCli(['scan', '--aws', '-q', '-f', 'json', ...args], { url: endpoint.url });
    expect(run.stderr).toMatch(reason);
    expect(run.code).toBe(code);
    if (run.stdout === '') return;
    const { exitCode, exitReason } = (JSON.parse(run.stdout) as ScanResult).run;
    expect(run.stderr).toContain(`exit ${exitCode}: ${exitReason}\n`);
    if (!args.includes('--exit-zero')) expect(exitCode).toBe(code);
  });

  it('without any credentials: 4, and what to do', async () => {
    const run = await runCli(['scan', '--aws'], { env: { AWS_REGION: 'us-east-1' } });
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toMatch(
      /^error: cannot enter the account: .*credential chain gave no credentials.*\n {2}sign in again, or name another profile/,
    );
  });

  it('without a region: 2, and what to do', async () => {
    const run = await runCli(['scan', '--aws'], { env: { AWS_ACCESS_KEY_ID: 'AKIAFAKE123456789012', AWS_SECRET_ACCESS_KEY: 'FAKE' } });
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/no AWS region is set\n.*--region/) as unknown });
  });
});
