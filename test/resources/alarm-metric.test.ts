import { expect, it } from 'vitest';
import { eventsOfMetric } from '../../src/resources/alarm-metric.ts';

it.each<readonly [string, readonly string[]]>([
  ['RotationFailed', ['RotationFailed']],
  ['secret-rotation-failures', ['RotationFailed']],
  ['FailedSecretRotations', ['RotationFailed']],
  ['rotation_errors', ['RotationFailed']],
  ['RotationSucceeded', []],
  ['KeyRotationAge', []],
  ['DeleteSecret', ['DeleteSecret']],
  ['SecretsDeleted', ['DeleteSecret']],
  ['deleted_secrets', ['DeleteSecret']],
  ['PutResourcePolicy', ['PutResourcePolicy']],
  ['SecretPolicyChanges', ['PutResourcePolicy', 'DeleteResourcePolicy']],
  ['IAMPolicyChanges', []],
  ['BucketPolicyChanges', []],
  ['Errors', []],
  ['', []],
])('%s', (name, events) => {
  expect(eventsOfMetric(name)).toEqual(events);
});
