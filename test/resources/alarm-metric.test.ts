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
  expect(eventsOfMetric(name)).toEqual({ certain: events, possible: [] });
});

it.each<readonly [string, readonly string[]]>([
  ['LogRotationErrors', ['RotationFailed']],
  ['UndeletedSecrets', ['DeleteSecret']],
  ['KubernetesDeleteSecretErrors', ['DeleteSecret']],
  ['LambdaPutResourcePolicy', ['PutResourcePolicy']],
  ['DeleteResourcePolicyErrors', ['DeleteResourcePolicy']],
])('%s may count something else', (name, events) => {
  expect(eventsOfMetric(name)).toEqual({ certain: [], possible: events });
});
