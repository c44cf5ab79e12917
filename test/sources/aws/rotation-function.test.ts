import { describe, expect, it, onTestFinished } from 'vitest';
import type { SecretFixture, SecretRotationFixture } from '../../../src/endpoint/account-fixture.ts';
import type { Fault } from '../../../src/endpoint/fault.ts';
import { startEndpoint } from '../../../src/endpoint/index.ts';
import type { Unknown } from '../../../src/model/unknown.ts';
import { collectAws } from '../../../src/sources/aws/index.ts';
import { fastTuning } from './fake-time.ts';

const now = Date.UTC(2026, 10, 20);
const account = '123456789012';
const type = 'AWS::SecretsManager::Secret';
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:rotate`;
const both = ['rotation.functionExists', 'rotation.functionInvocable'];

const rotated = (name: string, rotation: SecretRotationFixture = {}, more: Partial<SecretFixture> = {}): SecretFixture => ({
  name,
  rotation: { days: 30, functionArn, ...rotation },
  ...more,
});

interface Read {
  readonly rotations: { readonly [name: string]: { readonly [attribute: string]: unknown } };
  readonly calls: { readonly [operation: string]: number };
}

async function read(secrets: readonly SecretFixture[], faults: readonly Fault[] = [], needed: readonly string[] = both): Promise<Read> {
  const endpoint = await startEndpoint({ accounts: [{ id: account, regions: { 'us-east-1': { secrets } } }], faults, clock: () => now });
  onTestFinished(() => endpoint.close());
  const collection = await collectAws(
    {
      regions: ['us-east-1'],
      roleArns: [],
      withCaller: false,
      inspectValues: false,
      allKeys: false,
      endpoint: endpoint.url,
      credentials: { accessKeyId: `AKIAFAKE${account}`, secretAccessKey: 'FAKE' },
    },
    {
      needs: new Map([[type, new Set(needed)]]),
      now,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      tuning: fastTuning({ wallClock: () => now }),
    },
  );
  const found = collection.scopes.flatMap(({ resources }) => resources);
  return {
    rotations: Object.fromEntries(found.map(({ name, attributes }) => [name, attributes['rotation'] as Read['rotations'][string]])),
    calls: endpoint.calls(),
  };
}

const why = (reason: string, detail: RegExp): unknown =>
  expect.objectContaining({ reason, detail: expect.stringMatching(detail) as string });

describe('the rotation function', () => {
  it('that exists and lets Secrets Manager in is asked about once, whatever it rotates', async () => {
    const { rotations, calls } = await read([rotated('a'), rotated('b')]);
    expect(rotations['a']).toMatchObject({ functionExists: true, functionInvocable: true });
    expect(rotations['b']).toMatchObject({ functionExists: true, functionInvocable: true });
    expect(calls).toMatchObject({ 'lambda:GetFunctionConfiguration': 1, 'lambda:GetPolicy': 1 });
  });

  it('that is gone does not exist, and has no policy', async () => {
    const { rotations, calls } = await read([rotated('a', { functionFault: 'missing' })]);
    expect(rotations['a']).toMatchObject({ functionExists: false });
    expect(rotations['a']).not.toHaveProperty('functionInvocable');
    expect(calls).not.toHaveProperty('lambda:GetPolicy');
  });

  it('without a policy lets nobody in', async () => {
    const { rotations } = await read([rotated('a', { functionFault: 'closed' })]);
    expect(rotations['a']).toMatchObject({ functionExists: true, functionInvocable: false });
  });

  it.each<[string, SecretFixture, RegExp]>([
    ['of another account', rotated('a', { functionArn: functionArn.replace(account, '999988887777') }), /not of this account/],
    ['of another region', rotated('a', { functionArn: functionArn.replace('us-east-1', 'eu-west-1') }), /another region/],
    ['that is no ARN', rotated('a', { functionArn: 'rotate' }), /not of this account/],
    ['of a secret on its way out', rotated('a', {}, { deletedAt: Date.UTC(2026, 0, 1) }), /scheduled for deletion/],
    ['of a replica', rotated('a', {}, { primaryRegion: 'eu-west-1' }), /judged at the primary/],
  ])('%s is not asked about', async (_name, secret, detail) => {
    const { rotations, calls } = await read([secret]);
    expect(rotations['a']).toMatchObject({ functionExists: why('not-collected', detail), functionInvocable: why('not-collected', detail) });
    expect(Object.keys(calls).filter((operation) => operation.startsWith('lambda:'))).toEqual([]);
  });

  it('is absent where there is none', async () => {
    const { rotations } = await read([{ name: 'a' }]);
    expect(Object.keys(rotations['a'] ?? {})).not.toContain('functionExists');
  });

  it('is not asked about when no policy reads it', async () => {
    const { rotations, calls } = await read([rotated('a')], [], ['rotation.enabled']);
    expect(rotations['a']).toMatchObject({ functionExists: why('not-collected', /no selected policy/) });
    expect(Object.keys(calls).filter((operation) => operation.startsWith('lambda:'))).toEqual([]);
  });

  it.each<[string, SecretRotationFixture, string | undefined]>([
    ['by its name', { functionArn: functionArn.replace('rotate', 'SecretsManagerRDSMySQLRotationMultiUser') }, 'alternating-users'],
    ['by its description', { functionDescription: 'Rotates users of RDS MySQL, by the single user scheme' }, 'single-user'],
    [
      'by its name before its description',
      { functionArn: functionArn.replace('rotate', 'mysql-multi-user'), functionDescription: 'MySQL, single user' },
      'alternating-users',
    ],
    ['by neither', { functionDescription: 'Rotates a token' }, undefined],
    ['by neither, which are empty', {}, undefined],
    [
      'by the name of one that is gone',
      { functionArn: functionArn.replace('rotate', 'postgres-single-user'), functionFault: 'missing' },
      'single-user',
    ],
  ])('says %s what it does to the users', async (_name, rotation, expected) => {
    const { rotations } = await read([rotated('a', rotation)], [], ['rotation.strategy']);
    expect(rotations['a']?.['strategy']).toBe(expected);
    expect('strategy' in (rotations['a'] ?? {})).toBe(expected !== undefined);
  });

  it('may not be asked what it does to the users, which its name says all the same', async () => {
    const named = functionArn.replace('rotate', 'orders-mysql-single-user');
    const { rotations } = await read(
      [rotated('a'), rotated('b', { functionArn: named })],
      [{ operation: 'lambda:GetFunctionConfiguration', kind: 'deny' }],
      ['rotation.strategy'],
    );
    expect(rotations['a']).toMatchObject({ strategy: { reason: 'access-denied', action: 'lambda:GetFunctionConfiguration' } });
    expect(rotations['b']).toMatchObject({ strategy: 'single-user' });
  });

  it('is not asked for its policy when only its existence is read', async () => {
    const { calls } = await read([rotated('a')], [], ['rotation.functionExists']);
    expect(calls).toHaveProperty('lambda:GetFunctionConfiguration');
    expect(calls).not.toHaveProperty('lambda:GetPolicy');
  });

  it.each(['lambda:GetFunctionConfiguration', 'lambda:GetPolicy'])('is unknown where %s is denied', async (operation) => {
    const { rotations } = await read([rotated('a')], [{ operation, kind: 'deny' }]);
    const denied = expect.objectContaining({ reason: 'access-denied', action: operation }) as Unknown;
    expect(rotations['a']).toMatchObject({
      functionExists: operation === 'lambda:GetPolicy' ? true : denied,
      functionInvocable: denied,
    });
  });
});
