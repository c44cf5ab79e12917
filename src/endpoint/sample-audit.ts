import type { AuditFixture } from './audit-fixture.ts';
import { sampleAccountId, samplePartnerAccountId } from './sample-words.ts';

/** The shop records everything, and in the United States hears of what fails; of the rules there one has lost its target. */
export const sampleAuditOfUs: AuditFixture = {
  trails: [{ name: 'management-events', multiRegion: true }],
  rules: [
    {
      name: 'secret-rotation-failed',
      pattern: { source: ['aws.secretsmanager'], detail: { eventName: ['RotationFailed', 'RotationAbandoned'] } },
      targets: [`arn:aws:sns:us-east-1:${sampleAccountId}:security`],
    },
    {
      name: 'secret-policy-changed',
      pattern: { source: ['aws.secretsmanager'], detail: { eventName: ['PutResourcePolicy', 'DeleteResourcePolicy'] } },
    },
    { name: 'nightly-report' },
  ],
  alarms: [{ name: 'secret-deleted', metric: 'DeleteSecret', actions: [`arn:aws:sns:us-east-1:${sampleAccountId}:security`] }],
};

/** In Europe nobody has set up anything since the trial. */
export const sampleAuditOfEurope: AuditFixture = {
  trails: [{ name: 'trial', logging: false }],
};

/** The partner records only what changes, and hears of changed resource policies only. */
export const sampleAuditOfPartner: AuditFixture = {
  trails: [
    {
      name: 'changes',
      multiRegion: true,
      eventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true, DataResources: [] }],
    },
  ],
  rules: [
    {
      name: 'secret-policy-changed',
      pattern: { source: ['aws.secretsmanager'], detail: { eventName: ['PutResourcePolicy', 'DeleteResourcePolicy'] } },
      targets: [`arn:aws:sns:us-east-1:${samplePartnerAccountId}:operations`],
    },
  ],
  alarms: [{ name: 'queue-is-full', metric: 'ApproximateNumberOfMessagesVisible' }],
};
