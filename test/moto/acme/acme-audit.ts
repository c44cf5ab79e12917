import type { AuditFixture } from '../../../src/endpoint/audit-fixture.ts';
import { clean, fails, type Planted, type Verdict } from './planted.ts';
import { acmeId, europe, home, vendorId } from './words.ts';

/** What watches over a region, and what must be found of the account there. */
interface DescribedAudit {
  readonly account: string;
  readonly region: string;
  readonly fixture: AuditFixture;
  readonly verdicts: readonly Verdict[];
}

const source = ['aws.secretsmanager'];
const failed = { source, 'detail-type': ['AWS Service Event via CloudTrail'], detail: { eventName: ['RotationFailed'] } };
const deleted = { source, 'detail-type': ['AWS API Call via CloudTrail'], detail: { eventName: [{ prefix: 'Delete' }] } };
const opened = { source, 'detail-type': ['AWS API Call via CloudTrail'], detail: { eventName: [{ suffix: 'ResourcePolicy' }] } };
const topic = (account: string, region: string): string => `arn:aws:sns:${region}:${account}:sec`;

const acmeAudit: readonly DescribedAudit[] = [
  {
    account: acmeId,
    region: home,
    fixture: {
      trails: [{ name: 'main' }],
      rules: [
        { name: 'secret-deleted', pattern: deleted, targets: [topic(acmeId, home)] },
        { name: 'secret-opened', pattern: opened },
      ],
      alarms: [{ name: 'secret-rotation-failed', metric: 'RotationFailed', actions: [topic(acmeId, home)] }],
    },
    verdicts: [
      clean('cloudtrail-records-secret-reads', 'a trail of the region that is on'),
      clean('rotation-failure-alarm', 'an alarm with an action'),
      clean('secret-deletion-alarm', 'a rule with a target'),
      fails('secret-policy-change-alarm', 'a rule without target'),
    ],
  },
  {
    account: acmeId,
    region: europe,
    fixture: {
      trails: [{ name: 'eu-off', logging: false }],
      rules: [
        { name: 'rotation-failed', pattern: failed, targets: [topic(acmeId, europe)] },
        {
          name: 'one-secret',
          pattern: { source, detail: { requestParameters: { secretId: ['prod/db'] } } },
          targets: [topic(acmeId, europe)],
        },
      ],
      alarms: [
        { name: 'secret-opened', metric: 'SecretPolicyChanges', actions: [topic(acmeId, europe)], actionsEnabled: false },
        { name: 'secret-deleted', metric: 'DeleteSecret' },
      ],
    },
    verdicts: [
      fails('cloudtrail-records-secret-reads', 'its trail is off, and the other one is of another region'),
      fails('rotation-failure-alarm', 'a rule with a target, but no trail that would tell it'),
      fails('secret-deletion-alarm', 'an alarm without action, and a rule for one secret'),
      fails('secret-policy-change-alarm', 'an alarm whose actions are off'),
    ],
  },
  {
    account: vendorId,
    region: home,
    fixture: { rules: [{ name: 'secret-opened', pattern: opened, targets: [topic(vendorId, home)] }] },
    verdicts: [
      clean('cloudtrail-records-secret-reads', 'a trail of another region that covers all'),
      clean('rotation-failure-alarm', 'no secret that rotates'),
      fails('secret-deletion-alarm', 'nothing at all'),
      clean('secret-policy-change-alarm', 'a rule with a target, and a trail of another region'),
    ],
  },
  {
    account: vendorId,
    region: europe,
    fixture: { trails: [{ name: 'everywhere', multiRegion: true }] },
    verdicts: [clean('cloudtrail-records-secret-reads', 'a trail that covers all regions')],
  },
];

export function auditOf(account: string, region: string): AuditFixture {
  return acmeAudit.find((one) => one.account === account && one.region === region)?.fixture ?? {};
}

export const plantedAudit: readonly Planted[] = acmeAudit.flatMap(({ account, region, verdicts }) =>
  verdicts.map((verdict) => ({ ...verdict, type: 'AWS::::Account', account, region, name: account })),
);
