import { describe, expect, it } from 'vitest';
import { samplePartnerRole } from '../../src/endpoint/sample-account.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { ScanResult, ScopeResult } from '../../src/model/scan-result.ts';
import { denyEverything } from '../support/deny-everything.ts';
import { bothSampleAccounts, pack, scanEndpoint } from '../support/scan-endpoint.ts';
import { compareFindings } from './finding-changes.ts';

const shop = 'aws/123456789012';
const partner = 'aws/999988887777';
const bothRegions = { ...bothSampleAccounts, regions: ['us-east-1', 'eu-west-1'] };

function scopeOf(result: ScanResult, id: string): ScopeResult {
  const scope = result.scopes.find((candidate) => candidate.id === id);
  if (scope === undefined) throw new Error(`no scope ${id} among ${result.scopes.map((candidate) => candidate.id).join(', ')}`);
  return scope;
}

function findingsIn(result: ScanResult, account: string, region: string): readonly Finding[] {
  return result.findings.filter(({ resource }) => resource.account === account && resource.region === region);
}

function statesOf(result: ScanResult): readonly (readonly [string, string])[] {
  return result.scopes.map(({ id, status }) => [id, status] as const);
}

describe('one region', () => {
  it('in which everything is denied is failed, and no other verdict changes', async () => {
    const healthy = await scanEndpoint({ options: bothRegions });
    const { result } = await scanEndpoint({ options: bothRegions, faults: denyEverything({ region: 'eu-west-1' }) });
    expect(statesOf(result)).toEqual([
      [`${shop}/eu-west-1`, 'failed'],
      [`${shop}/global`, 'complete'],
      [`${shop}/us-east-1`, 'complete'],
      [`${partner}/eu-west-1`, 'failed'],
      [`${partner}/global`, 'complete'],
      [`${partner}/us-east-1`, 'complete'],
    ]);
    expect(compareFindings(healthy.result, result)).toMatchObject({ reasons: ['access-denied'], wrong: [] });
    expect(findingsIn(healthy.result, '123456789012', 'eu-west-1').length).toBeGreaterThan(0);
    // The account is there whatever it answers; of all else nothing is known, not even whether it exists.
    const left = findingsIn(result, '123456789012', 'eu-west-1');
    expect(new Set(left.map(({ status, resource }) => `${status} ${resource.type}`))).toEqual(new Set(['unknown AWS::::Account']));
    expect(findingsIn(result, '123456789012', 'us-east-1')).toEqual(findingsIn(healthy.result, '123456789012', 'us-east-1'));
    expect(result.run.exitReason).toMatch(/also incomplete: .*22 gaps/);
  });

  it('that is not enabled is failed, with what to do about it', async () => {
    const { result } = await scanEndpoint({ options: { regions: ['us-east-1', 'ap-south-1'] } });
    const { status, gaps } = scopeOf(result, `${shop}/ap-south-1`);
    expect(status).toBe('failed');
    expect(gaps.map(({ operation, reason }) => [operation, reason])).toEqual([
      ['codebuild:ListProjects', 'request-failed'],
      ['ec2:DescribeInstances', 'request-failed'],
      ['ec2:DescribeLaunchTemplates', 'request-failed'],
      ['ecs:ListTaskDefinitionFamilies', 'request-failed'],
      ['lambda:ListFunctions', 'request-failed'],
      ['rds:DescribeDBClusters', 'request-failed'],
      ['rds:DescribeDBInstances', 'request-failed'],
      ['redshift:DescribeClusters', 'request-failed'],
      ['secretsmanager:ListSecrets', 'request-failed'],
      ['ssm:DescribeParameters', 'request-failed'],
    ]);
    for (const { hint } of gaps) expect(hint).toMatch(/ap-south-1 is probably not enabled for the account 123456789012/);
    expect(scopeOf(result, `${shop}/us-east-1`).status).toBe('complete');
  });

  it('that hangs does not keep the others from being read', async () => {
    const healthy = await scanEndpoint({ options: bothRegions });
    const { result } = await scanEndpoint({
      options: bothRegions,
      faults: [
        { operation: 'secretsmanager:*', region: 'eu-west-1', kind: 'hang' },
        { operation: 'ssm:*', region: 'eu-west-1', kind: 'hang' },
      ],
      tuning: { requestTimeoutMs: 900, patience: 1 },
    });
    expect(findingsIn(result, '123456789012', 'us-east-1')).toEqual(findingsIn(healthy.result, '123456789012', 'us-east-1'));
    expect(scopeOf(result, `${shop}/eu-west-1`).gaps.map(({ reason }) => reason)).toEqual(['timeout', 'timeout']);
  });
});

describe('one account', () => {
  it('whose role cannot be assumed is failed, and the caller’s own is as without it', async () => {
    const alone = await scanEndpoint({ options: { inspectValues: true, allKeys: true } });
    const { result } = await scanEndpoint({ options: { ...bothSampleAccounts, externalId: 'WRONG-EXAMPLE' } });
    expect(statesOf(result)).toEqual([
      [`${shop}/global`, 'complete'],
      [`${shop}/us-east-1`, 'complete'],
      [`${partner}/global`, 'failed'],
      [`${partner}/us-east-1`, 'failed'],
    ]);
    expect(result.findings).toEqual(alone.result.findings);
    for (const id of [`${partner}/global`, `${partner}/us-east-1`]) {
      expect(scopeOf(result, id).gaps).toMatchObject([
        { operation: 'sts:AssumeRole', action: 'sts:AssumeRole', reason: 'access-denied', count: 1 },
      ]);
    }
  });

  it('whose credentials expire in mid-run loses what was still to come, and no other account does', async () => {
    const healthy = await scanEndpoint();
    const { result } = await scanEndpoint({
      faults: [{ operation: 'secretsmanager:GetResourcePolicy', account: '123456789012', kind: 'expired', after: 7 }],
      tuning: { concurrency: 1 },
    });
    const changes = compareFindings(healthy.result, result);
    expect(changes).toMatchObject({ reasons: ['request-failed'], wrong: [] });
    expect(changes.unknowns).toBeGreaterThan(0);
    expect(findingsIn(result, '999988887777', 'us-east-1')).toEqual(findingsIn(healthy.result, '999988887777', 'us-east-1'));
    expect(JSON.stringify(result)).toContain('the credentials have expired');
  });
});

describe('credentials that nothing accepts', () => {
  it.each([
    ['expired', { operation: '*', kind: 'expired' }, /the credentials have expired/],
    ['denied', { operation: 'sts:*', kind: 'deny' }, /AccessDenied/],
    ['unknown to AWS', { operation: 'sts:*', kind: 'error', status: 403, code: 'InvalidClientTokenId' }, /not recognised/],
    ['with STS out of reach', { operation: 'sts:*', kind: 'reset' }, /could not be reached/],
    ['with something else answering for STS', { operation: 'sts:*', kind: 'malformed', body: 'html' }, /could not be read|has no/],
  ] as const)('%s: one clear error instead of a result', async (_name, fault, message) => {
    const failing = scanEndpoint({ faults: [fault], options: {} });
    await expect(failing).rejects.toMatchObject({ name: 'UserError', code: 'credentials-failed' });
    await expect(failing).rejects.toThrow(message);
  });

  it('for all roles: the error counts them', async () => {
    const roleArns = [samplePartnerRole.arn, 'arn:aws:iam::123456789012:role/no-such-role'];
    await expect(scanEndpoint({ options: { roleArns, externalId: 'WRONG-EXAMPLE' } })).rejects.toMatchObject({
      code: 'credentials-failed',
      message: expect.stringContaining('any of the 2 accounts') as unknown,
    });
  });
});

describe('a run that is interrupted', () => {
  it('judges what it has, and says that it is not all', async () => {
    const healthy = await scanEndpoint();
    const controller = new AbortController();
    const { result, collection } = await scanEndpoint({
      signal: controller.signal,
      tuning: { concurrency: 2 },
      onProgress: (event) => {
        if (event.kind === 'reading' && event.operation === 'secretsmanager:GetResourcePolicy' && event.done === 5) controller.abort();
      },
    });
    expect(collection.interrupted).toBe(true);
    expect(result.run).toMatchObject({
      outcome: 'interrupted',
      exitCode: 130,
      exitReason: expect.stringContaining('incomplete') as unknown,
    });
    expect(compareFindings(healthy.result, result)).toMatchObject({ reasons: ['request-failed'], wrong: [] });
  });

  it('before the values of parameters: what they would have shown is unknown, not left out', async () => {
    const selected = pack('ssm-parameter-secret-is-secure-string');
    const healthy = await scanEndpoint({ selected });
    const controller = new AbortController();
    const { result } = await scanEndpoint({
      selected,
      signal: controller.signal,
      onProgress: (event) => {
        if (event.kind === 'reading' && event.operation === 'ssm:GetParameters') controller.abort();
      },
    });
    const changes = compareFindings(healthy.result, result);
    expect(changes).toMatchObject({ reasons: ['request-failed'], actions: ['ssm:GetParameters'], wrong: [] });
    expect(changes.unknowns).toBeGreaterThan(0);
  });

  it('before the first answer: nothing was read, and no verdict is given', async () => {
    const { result, calls } = await scanEndpoint({ signal: AbortSignal.abort() });
    expect(result.run.exitCode).toBe(4);
    expect(result.findings).toEqual([]);
    expect(result.scopes.every(({ status, gaps }) => status === 'failed' && gaps.length > 0)).toBe(true);
    expect(calls).toEqual({});
  });
});

describe('the comparison that all this rests on', () => {
  it('sees a verdict that is gone, one that turned, and one that is new', async () => {
    const { result } = await scanEndpoint({ selected: pack('secretsmanager-rotation-enabled') });
    const [first, ...rest] = result.findings;
    if (first === undefined) throw new Error('no finding');
    const { id, policyId, severity, scope, resource } = first;
    const turned: Finding = { id, policyId, severity, scope, resource, status: 'not_applicable', reason: 'EXAMPLE' };
    expect(compareFindings(result, { ...result, findings: rest }).wrong).toHaveLength(1);
    expect(compareFindings(result, { ...result, findings: [turned, ...rest] }).wrong).toHaveLength(1);
    expect(compareFindings({ ...result, findings: rest }, result).wrong).toHaveLength(1);
    expect(compareFindings(result, result)).toMatchObject({ policies: [], wrong: [] });
  });
});
