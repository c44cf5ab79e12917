import { describe, expect, it } from 'vitest';
import { parseKeyReference } from '../../../src/sources/aws/key-reference.ts';

const place = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
const id = '00000000-1111-2222-3333-444444444444';

describe('parseKeyReference', () => {
  it.each([
    ['nothing', undefined, { kind: 'aws-managed' }],
    ['an empty text', '', { kind: 'aws-managed' }],
    ['the name without the prefix', 'aws/secretsmanager', { kind: 'aws-managed', alias: 'alias/aws/secretsmanager' }],
    ['the reserved alias', 'alias/aws/ssm', { kind: 'aws-managed', alias: 'alias/aws/ssm' }],
    ['the ARN of the reserved alias', 'arn:aws:kms:us-east-1:123456789012:alias/aws/ssm', { kind: 'aws-managed', alias: 'alias/aws/ssm' }],
    ['a key id', id, { kind: 'own', id }],
    ['a multi-Region key id', 'mrk-00001111222233334444555566667777', { kind: 'own', id: 'mrk-00001111222233334444555566667777' }],
    ['a key ARN', `arn:aws:kms:us-east-1:123456789012:key/${id}`, { kind: 'own', id }],
    ['an alias', 'alias/app', { kind: 'own', id: 'alias/app' }],
    ['an alias that only looks reserved', 'alias/awsome/key', { kind: 'own', id: 'alias/awsome/key' }],
    ['the ARN of an alias', 'arn:aws:kms:us-east-1:123456789012:alias/app', { kind: 'own', id: 'alias/app' }],
    [
      'a key of another account',
      `arn:aws:kms:us-east-1:999988887777:key/${id}`,
      { kind: 'foreign', arn: `arn:aws:kms:us-east-1:999988887777:key/${id}`, account: '999988887777' },
    ],
    ['a key of another region', `arn:aws:kms:eu-west-1:123456789012:key/${id}`, { kind: 'elsewhere', region: 'eu-west-1' }],
  ])('%s', (_name, text, reference) => {
    expect(parseKeyReference(text, place)).toEqual(reference);
  });
});
