import { describe, expect, it } from 'vitest';
import { expectedCalls } from '../../bench/call-formula.ts';
import type { AccountFixture, RegionFixture, SecretFixture } from '../../src/endpoint/account-fixture.ts';
import { largeAccount } from '../../src/endpoint/large-account.ts';
import { needsOf } from '../../src/scan.ts';
import { requiredActions } from '../../src/sources/aws/index.ts';
import { pack, scanEndpoint, scanTime } from '../support/scan-endpoint.ts';

const account = largeAccount({ secrets: 300, parameters: 620, roles: 40, keys: 12, now: scanTime });
const day = 86_400_000;
/** A call that was made again for want of time would be counted twice. */
const patient = { connectionTimeoutMs: 20_000, requestTimeoutMs: 20_000 };
const noFlags = { inspectValues: false, allKeys: false };

function regionOf({ regions }: AccountFixture): RegionFixture {
  const [region] = Object.values(regions);
  if (region === undefined) throw new Error('the account has no region');
  return region;
}

function named(count: number, name: string, fixture: Omit<SecretFixture, 'name'>): readonly SecretFixture[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${name}-${index}`, ...fixture }));
}

/** What the formula asks for, read from the fixture, which no collector has touched. */
function factsOf(fixture: AccountFixture): Parameters<typeof expectedCalls>[0] {
  const { secrets = [], parameters = [], keys = [] } = regionOf(fixture);
  const referenced = new Set([
    ...secrets.flatMap(({ kmsKey }) => kmsKey ?? []),
    ...parameters.flatMap(({ type, kmsKey }) => (type === 'SecureString' ? (kmsKey ?? []) : [])),
  ]);
  return {
    secrets: secrets.length,
    secretsWithPolicyCall: secrets.filter(({ primaryRegion, deletedAt }) => primaryRegion === undefined && deletedAt === undefined).length,
    // A change after the creation and the last rotation may be one of the value or of anything else.
    ambiguousSecrets: secrets.filter(({ lastChangedAt, deletedAt }) => lastChangedAt !== undefined && deletedAt === undefined).length,
    rotationFunctions: new Set(secrets.flatMap(({ rotation }) => rotation?.functionArn ?? [])).size,
    parameters: parameters.length,
    keysInUse: keys.filter(({ id }) => [...referenced].some((key) => key.endsWith(id))).length,
    iamEntries: (fixture.iam?.roles?.length ?? 0) + (fixture.iam?.policies?.length ?? 0),
  };
}

describe('calls of a scan of 300 secrets', () => {
  it('are those of the formula, operation by operation', async () => {
    const facts = factsOf(account);
    expect(facts).toMatchObject({ secrets: 300, parameters: 620, keysInUse: 12 });
    const { calls, result } = await scanEndpoint({ accounts: [account], options: {}, tuning: patient });
    expect(calls).toEqual(expectedCalls(facts));
    expect(result.scopes.every(({ status }) => status === 'complete')).toBe(true);
    expect(result.summary.findings.unknown).toBe(0);
  });

  it('count what is special about a secret', async () => {
    const region = regionOf(account);
    const dated = { createdAt: scanTime - 200 * day, lastAccessedAt: scanTime - day };
    const special: readonly SecretFixture[] = [
      ...named(5, 'changed', { ...dated, lastChangedAt: scanTime - 20 * day }),
      ...named(3, 'leaving', { ...dated, deletedAt: scanTime - day }),
      ...named(2, 'replica', { ...dated, primaryRegion: 'eu-west-1' }),
    ];
    const more = { ...account, regions: { 'us-east-1': { ...region, secrets: [...(region.secrets ?? []), ...special] } } };
    const facts = factsOf(more);
    expect(facts).toMatchObject({ secrets: 310, secretsWithPolicyCall: 305, ambiguousSecrets: 5 });
    const { calls } = await scanEndpoint({ accounts: [more], options: {}, tuning: patient });
    expect(calls).toEqual(expectedCalls(facts));
  });

  it('do not grow with keys that encrypt nothing', async () => {
    const region = regionOf(account);
    const idle = Array.from({ length: 50 }, (_, index) => ({ id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` }));
    const more = { ...account, regions: { 'us-east-1': { ...region, keys: [...(region.keys ?? []), ...idle] } } };
    const { calls } = await scanEndpoint({ accounts: [more], options: {}, tuning: patient });
    expect(calls).toEqual(expectedCalls(factsOf(account)));
  });

  it('read values, in batches of ten, only with the flag', async () => {
    const { calls } = await scanEndpoint({ accounts: [account], options: { inspectValues: true }, tuning: patient });
    const inClear = (regionOf(account).parameters ?? []).filter(({ type }) => type !== 'SecureString').length;
    expect(calls).toEqual({ ...expectedCalls(factsOf(account)), 'ssm:GetParameters': Math.ceil(inClear / 10) });
  });
});

describe('calls of a selection', () => {
  it.each([
    ['one list', ['secretsmanager-rotation-interval'], ['account:ListRegions', 'secretsmanager:ListSecrets', 'sts:GetCallerIdentity']],
    [
      'IAM alone: no region, no key',
      ['iam-no-secretsmanager-wildcard', 'iam-no-kms-decrypt-on-all'],
      ['iam:GetAccountAuthorizationDetails', 'sts:GetCallerIdentity'],
    ],
    [
      'resource policies',
      ['secretsmanager-no-public-access'],
      ['account:ListRegions', 'secretsmanager:GetResourcePolicy', 'secretsmanager:ListSecrets', 'sts:GetCallerIdentity'],
    ],
    [
      'parameters by name',
      ['ssm-parameter-secret-is-secure-string'],
      ['account:ListRegions', 'ssm:DescribeParameters', 'sts:GetCallerIdentity'],
    ],
  ] as const)('%s', async (_name, ids, operations) => {
    const { calls } = await scanEndpoint({ accounts: [account], options: {}, selected: pack(...ids) });
    expect(Object.keys(calls).sort()).toEqual(operations);
  });

  it.each(pack().map(({ policy }) => policy.id))('%s: none that is not declared, and none that reads a value', async (id) => {
    const selected = pack(id);
    for (const flags of [noFlags, { inspectValues: true, allKeys: true }]) {
      const { calls } = await scanEndpoint({ options: flags, selected });
      const declared = new Set(['sts:GetCallerIdentity', ...requiredActions(needsOf(selected), flags)]);
      expect(Object.keys(calls).filter((operation) => !declared.has(operation))).toEqual([]);
      const reading = Object.keys(calls).filter((operation) => /SecretValue|GetParameter|:Decrypt$/.test(operation));
      expect(reading).toEqual(
        flags.inspectValues && /^ssm-parameter-(secret-is-secure-string|secure-string-only-for-secrets|tier-needed)$/.test(id)
          ? ['ssm:GetParameters']
          : [],
      );
    }
  });
});
