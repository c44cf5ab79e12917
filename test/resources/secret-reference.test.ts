import { describe, expect, it } from 'vitest';
import { isPinnedReference, type ReferenceForm } from '../../src/resources/secret-reference.ts';

const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf';

describe('a reference to a secret', () => {
  it.each<[string, ReferenceForm, string, boolean | 'unknown']>([
    ['a name', 'dynamic-reference', 'prod/db', false],
    ['one key of it', 'dynamic-reference', 'prod/db:SecretString:password', false],
    ['the current stage', 'dynamic-reference', 'prod/db:SecretString:password:AWSCURRENT', false],
    ['the previous stage', 'dynamic-reference', 'prod/db:SecretString:password:AWSPREVIOUS', true],
    ['a stage of our own', 'dynamic-reference', 'prod/db:SecretString:password:GREEN:', true],
    ['a version', 'dynamic-reference', 'prod/db:SecretString:password::0d4a-1', true],
    ['fields that are left empty', 'dynamic-reference', 'prod/db::::', false],
    ['an ARN', 'dynamic-reference', arn, false],
    ['a version by ARN', 'dynamic-reference', `${arn}:SecretString:password::0d4a-1`, true],
    ['a key that is called like a stage', 'dynamic-reference', 'prod/db:SecretString:AWSPREVIOUS', false],
    ['an ARN with placeholders', 'dynamic-reference', 'arn:${AWS::Partition}:secretsmanager:x:1:secret:${Db}:SecretString:a', false],
    ['a stage from outside', 'dynamic-reference', 'prod/db:SecretString:password:${Stage}', 'unknown'],
    ['a version from outside', 'dynamic-reference', 'prod/db:SecretString:password::${Version}', 'unknown'],
    ['a version, with a name from outside', 'dynamic-reference', '${Db}:SecretString:password::0d4a-1', true],
    ['valueFrom an ARN', 'value-from', arn, false],
    ['valueFrom one key', 'value-from', `${arn}:password::`, false],
    ['valueFrom the previous stage', 'value-from', `${arn}:password:AWSPREVIOUS:`, true],
    ['valueFrom a version', 'value-from', `${arn}:::0d4a-1`, true],
    ['a build, by name', 'value-from', 'prod/db:password', false],
    ['a build, by name and version', 'value-from', 'prod/db:password::0d4a-1', true],
  ])('%s', (_name, form, reference, expected) => {
    const pinned = isPinnedReference(reference, form);
    expect(typeof pinned === 'boolean' ? pinned : 'unknown').toBe(expected);
  });
});
