import { describe, expect, it } from 'vitest';
import type { ListedSecret } from '../../../src/sources/aws/secret-list.ts';
import { readRotation } from '../../../src/sources/aws/secret-rotation.ts';
import { datesFromList, isAmbiguous } from '../../../src/sources/aws/secret-versions.ts';

const region = 'us-east-1';
const both = { valueChangedAt: true, pendingSince: true };
const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const current = { v1: ['AWSCURRENT'] };
const pending = { v1: ['AWSCURRENT'], v2: ['AWSPENDING'] };

function secret(fields: Partial<ListedSecret>): ListedSecret {
  return { ARN: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:a-EXAMPL', Name: 'a', CreatedDate: day(1), ...fields };
}

describe('the date of the current value', () => {
  it.each([
    ['never changed since its creation', { LastChangedDate: day(1), SecretVersionsToStages: current }, day(1).getTime()],
    [
      'last changed by its rotation',
      { LastChangedDate: day(5), LastRotatedDate: new Date(day(5).getTime() - 59_000), SecretVersionsToStages: current },
      day(5).getTime() - 59_000,
    ],
    ['without any value', { LastChangedDate: day(5), SecretVersionsToStages: {} }, undefined],
    ['without a map of versions', { LastChangedDate: day(1) }, undefined],
  ])('needs no call for a secret %s', (_name, fields, expected) => {
    expect(datesFromList(secret(fields), region).valueChangedAt).toBe(expected);
    expect(isAmbiguous(secret(fields), region, both)).toBe(false);
  });

  it.each([
    ['changed after its creation, be it only a tag', { LastChangedDate: day(5), SecretVersionsToStages: current }],
    [
      'changed after its rotation',
      { LastChangedDate: day(5), LastRotatedDate: new Date(day(5).getTime() - 61_000), SecretVersionsToStages: current },
    ],
    ['whose last change is not told', { SecretVersionsToStages: current }],
  ])('needs one for a secret %s', (_name, fields) => {
    expect(isAmbiguous(secret(fields), region, both)).toBe(true);
    expect(datesFromList(secret(fields), region).valueChangedAt).toMatchObject({ reason: 'not-collected' });
    expect(isAmbiguous(secret(fields), region, { valueChangedAt: false, pendingSince: true })).toBe(false);
  });

  it.each([
    ['scheduled for deletion', { DeletedDate: day(9) }],
    ['a replica', { PrimaryRegion: 'eu-west-1' }],
  ])('is not asked for when the secret is %s', (_name, fields) => {
    const ambiguous = secret({ LastChangedDate: day(5), SecretVersionsToStages: pending, ...fields });
    expect(isAmbiguous(ambiguous, region, both)).toBe(false);
    expect(datesFromList(ambiguous, region)).toMatchObject({
      valueChangedAt: { reason: 'not-collected' },
      pendingSince: { reason: 'not-collected' },
    });
  });
});

describe('a pending version', () => {
  it('is asked for its date only when there is one', () => {
    const stuck = secret({ LastChangedDate: day(1), SecretVersionsToStages: pending });
    expect(isAmbiguous(stuck, region, both)).toBe(true);
    expect(isAmbiguous(stuck, region, { valueChangedAt: true, pendingSince: false })).toBe(false);
    expect(datesFromList(secret({ SecretVersionsToStages: current }), region)).not.toHaveProperty('pendingSince');
  });

  it.each([
    ['on another version than the current one', pending, true],
    ['left on the current version', { v1: ['AWSCURRENT', 'AWSPENDING'] }, false],
    ['nowhere', current, false],
    ['on the only version', { v1: ['AWSPENDING'] }, true],
  ])('AWSPENDING %s', (_name, stages, expected) => {
    expect(readRotation(secret({ SecretVersionsToStages: stages })).pendingVersion).toBe(expected);
  });
});

describe('readRotation', () => {
  it.each([
    ['by a function', { RotationEnabled: true, RotationLambdaARN: 'arn:aws:lambda:us-east-1:123456789012:function:f' }, 'function'],
    ['by the service that owns it', { RotationEnabled: true, OwningService: 'rds' }, 'service'],
    ['by a partner', { RotationEnabled: true, Type: 'SalesforceClientSecret' }, 'service'],
    ['by nothing, though it is on', { RotationEnabled: true }, 'none'],
    ['by nothing, as moto writes it', { RotationEnabled: true, RotationLambdaARN: '' }, 'none'],
    ['by nothing, because it is off', { RotationEnabled: false, OwningService: 'rds' }, 'none'],
  ])('%s', (_name, fields, managedBy) => {
    expect(readRotation(secret(fields))).toMatchObject({ enabled: fields.RotationEnabled, managedBy });
  });

  it.each([
    [
      'the expression before the days',
      { ScheduleExpression: 'rate(10 days)', AutomaticallyAfterDays: 30 },
      { intervalDays: 10, expression: 'rate(10 days)' },
    ],
    ['the days', { AutomaticallyAfterDays: 30 }, { intervalDays: 30, intervalHours: 720 }],
    ['nothing, as moto writes it', { AutomaticallyAfterDays: 0 }, undefined],
    ['nothing', undefined, undefined],
  ])('takes for the schedule %s', (_name, rules, schedule) => {
    const rotation = readRotation(secret({ RotationRules: rules }));
    if (schedule === undefined) expect(rotation).not.toHaveProperty('schedule');
    else expect(rotation.schedule).toMatchObject(schedule);
  });

  it('has no last rotation when there never was one', () => {
    expect(readRotation(secret({ RotationEnabled: true }))).not.toHaveProperty('lastRotatedAt');
  });
});
