import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { acmeAccounts } from './acme/acme-accounts.ts';
import { blameIn, titleOf, type Blame } from './blame.ts';
import { collect, judge, optionsFor, pack } from './scan-account.ts';

const now = Date.UTC(2026, 10, 20, 12);
const { accounts, planted, roleArn } = acmeAccounts(now);
const faults = planted.filter(({ expect }) => expect === 'fail');
const decoys = planted.filter(({ expect }) => expect === 'clean');

/** The same account on the embedded endpoint, which holds what moto cannot: past dates, schedule expressions, the last access. */
describe('the acme account with its past', () => {
  let endpoint: Endpoint;
  let result: ScanResult;
  let blame: Blame;

  beforeAll(async () => {
    endpoint = await startEndpoint({ accounts });
    result = judge(await collect(optionsFor(endpoint.url, { roleArns: [roleArn] })), now);
    blame = blameIn(result.findings);
  });
  afterAll(() => endpoint.close());

  it.each(faults.map((fault) => [titleOf(fault), fault] as const))('finds %s', (_title, fault) => {
    expect(blame(fault)).toEqual([fault.policyId]);
  });

  it.each(decoys.map((decoy) => [titleOf(decoy), decoy] as const))('does not blame %s', (_title, decoy) => {
    expect(blame(decoy)).toEqual([]);
  });

  it('finds nothing else', () => {
    const known = new Set(faults.map(({ policyId, type, account, region, name }) => [policyId, type, account, region, name].join(' ')));
    const found = result.findings.filter(({ status }) => status === 'fail');
    expect(
      found
        .map(({ policyId, resource }) => [policyId, resource.type, resource.account, resource.region, resource.name].join(' '))
        .filter((key) => !known.has(key)),
    ).toEqual([]);
  });

  /** They ask for nothing until somebody configures them. */
  const unconfigured = ['secretsmanager-name-pattern', 'secretsmanager-required-regions', 'secretsmanager-required-tags'];
  it.each(unconfigured)('judges nothing by %s, and says why', (id) => {
    const found = result.findings.filter(({ policyId }) => policyId === id);
    expect(new Set(found.map((one) => (one.status === 'not_applicable' ? one.reason.split(':')[0] : one.status)))).toEqual(
      new Set(['not configured']),
    );
  });

  const live = pack.filter(({ policy }) => policy.sources.includes('aws') && !unconfigured.includes(policy.id));
  it.each(live.map(({ policy }) => [policy.id, policy.resources] as const))('has a planted fault and a decoy for %s', (id, types) => {
    expect(faults.map(({ policyId }) => policyId)).toContain(id);
    expect(decoys.some(({ policyId, type }) => policyId === id || (policyId === 'every' && types.includes(type)))).toBe(true);
  });

  it('judges every planted resource', () => {
    const judged = new Set(result.findings.map(({ resource }) => `${resource.type} ${resource.region} ${resource.name}`));
    // AWS managed policies are judged where they are attached.
    expect(planted.filter(({ type, region, name }) => !judged.has(`${type} ${region} ${name}`))).toEqual([]);
  });

  it('leaves nothing unknown', () => {
    expect(result.findings.filter(({ status }) => status === 'unknown')).toEqual([]);
    expect(result.scopes.filter(({ status, gaps }) => status !== 'complete' || gaps.length > 0)).toEqual([]);
    expect(result.run).toMatchObject({ outcome: 'violations', exitCode: 1, notes: [] });
  });
});
