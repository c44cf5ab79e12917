import { describe, expect, it } from 'vitest';
import type { AlarmFixture, AuditFixture, TrailFixture } from '../../../src/endpoint/audit-fixture.ts';
import { pack, scanEndpoint, scanTime } from '../../support/scan-endpoint.ts';

const account = '123456789012';
const topic = `arn:aws:sns:us-east-1:${account}:security`;
const day = 86_400_000;

/** What the policy says of a region with one secret that rotates, and with what watches over it. */
async function verdictOf(policy: string, audit: AuditFixture): Promise<string> {
  const secret = {
    name: 'orders',
    createdAt: scanTime - 60 * day,
    rotation: { days: 30, functionArn: `arn:aws:lambda:us-east-1:${account}:function:rotate`, lastRotatedAt: scanTime - day },
  };
  const { result } = await scanEndpoint({
    accounts: [{ id: account, regions: { 'us-east-1': { secrets: [secret], ...audit } } }],
    selected: pack(policy),
    options: {},
  });
  const [finding] = result.findings;
  if (finding === undefined) throw new Error('no finding');
  return `${finding.status}${'message' in finding ? `: ${finding.message}` : ''}`;
}

const on: TrailFixture = { name: 'everything' };
const off: TrailFixture = { name: 'everything', logging: false };
const readsOnly: TrailFixture = { name: 'reads', eventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] };
const alarm = (metric: string): AlarmFixture => ({ name: 'watch', metric, actions: [topic] });

describe('an alarm on a metric', () => {
  it.each<[string, string, AuditFixture, RegExp]>([
    ['of deletions, from the logs of a trail', 'secret-deletion-alarm', { trails: [on], alarms: [alarm('DeleteSecret')] }, /^pass$/],
    ['of deletions, without a trail', 'secret-deletion-alarm', { alarms: [alarm('DeleteSecret')] }, /^fail: .*alarm watch \(no trail\)/],
    [
      'of deletions, with a trail that is off',
      'secret-deletion-alarm',
      { trails: [off], alarms: [alarm('DeleteSecret')] },
      /^fail: .*no trail/,
    ],
    [
      'of deletions, with reads only',
      'secret-deletion-alarm',
      { trails: [readsOnly], alarms: [alarm('DeleteSecret')] },
      /^fail: .*no trail/,
    ],
    ['of rotations, which a function may count itself', 'rotation-failure-alarm', { alarms: [alarm('RotationFailed')] }, /^pass$/],
    [
      'that may be of other rotations',
      'rotation-failure-alarm',
      { alarms: [alarm('LogRotationErrors')] },
      /^unknown: .*is not told by its name/,
    ],
    [
      'that may be of other secrets',
      'secret-deletion-alarm',
      { trails: [on], alarms: [alarm('KubernetesDeleteSecretErrors')] },
      /^unknown: /,
    ],
    [
      'that may be of other secrets, beside one that is not',
      'secret-deletion-alarm',
      { trails: [on], alarms: [alarm('KubernetesDeleteSecretErrors'), { ...alarm('DeleteSecret'), name: 'sure' }] },
      /^pass$/,
    ],
  ])('%s', async (_name, policy, audit, said) => {
    expect(await verdictOf(policy, audit)).toMatch(said);
  });
});
