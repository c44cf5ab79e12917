import { expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../../src/endpoint/fault.ts';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { Unknown } from '../../../src/model/unknown.ts';
import { followSignal } from '../../../src/sources/aws/follow-signal.ts';
import { collectAws, type AwsOptions } from '../../../src/sources/aws/index.ts';
import { readScope } from '../../../src/sources/aws/read-scope.ts';
import { openSessions } from '../../../src/sources/aws/session.ts';
import { fastTuning, never } from './fake-time.ts';

const account = '123456789012';
const now = Date.UTC(2026, 10, 20);
const needs = new Map([['AWS::SecretsManager::Secret', new Set(['replicas', 'encryption'])]]);
const home = 'us-east-1';
const count = 60;
const keyId = (index: number): string => `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`;
const keyArn = (region: string, index: number): string => `arn:aws:kms:${region}:${account}:key/${keyId(index)}`;

/** Secrets with a key each, and a replica in each of the regions, with a key there that only KMS can tell of. */
async function serve(regions: readonly string[], faults: readonly Fault[]): Promise<Endpoint> {
  const indices = Array.from({ length: count }, (_, index) => index);
  const keys = indices.map((index) => ({ id: keyId(index) }));
  const secrets = indices.map((index) => ({
    name: `app/${index}`,
    kmsKey: keyArn(home, index),
    primaryRegion: home,
    replicas: regions.map((region) => ({ region, kmsKey: keyArn(region, index) })),
  }));
  const others = Object.fromEntries(regions.map((region) => [region, { keys }]));
  const endpoint = await startEndpoint({
    accounts: [{ id: account, regions: { [home]: { keys, secrets }, ...others } }],
    faults,
    clock: () => now,
  });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

const optionsFor = (endpoint: Endpoint): AwsOptions => ({
  ...{ regions: [home], roleArns: [], withCaller: false, inspectValues: false, allKeys: false, endpoint: endpoint.url },
  credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE' },
});

it.each<readonly [string, Fault]>([
  ['throttles for good', { operation: 'kms:DescribeKey', region: 'eu-west-1', kind: 'throttle', rate: 1, seed: 1 }],
  ['calls the session expired', { operation: 'kms:DescribeKey', region: 'eu-west-1', kind: 'expired' }],
])('where the region of the replicas %s, the keys at home are known all the same', async (_name, fault) => {
  const endpoint = await serve(['eu-west-1'], [fault]);
  const context = {
    needs,
    now,
    signal: never,
    onProgress: () => undefined,
    tuning: fastTuning({ wallClock: () => now, attempts: 2, patience: 1 }),
  };
  const { scopes } = await collectAws(optionsFor(endpoint), context);
  const secrets = scopes.flatMap(({ resources }) => resources);
  expect(secrets).toHaveLength(count);
  for (const { name, attributes } of secrets) {
    expect(attributes['encryption'], name).toMatchObject({ manager: 'customer', keyState: 'Enabled' });
    expect(attributes['replicas'], name).toMatchObject([{ manager: expect.any(Unknown) as unknown }]);
  }
});

it('a region that cannot be opened hides no other error, and keeps no other open', async () => {
  const endpoint = await serve(['ap-south-1', 'eu-west-1'], []);
  const tuning = fastTuning({ wallClock: () => now });
  const { signal } = followSignal(never);
  const { open } = await openSessions(optionsFor(endpoint), tuning, signal);
  const [session] = open;
  if (session === undefined) throw new Error('the account did not open');
  const closed: string[] = [];
  let refuse: (error: Error) => void = () => undefined;
  const late = new Promise<never>((_, reject) => (refuse = reject));
  const openClients: typeof session.openClients = async (region) => {
    if (region === 'ap-south-1') return await late;
    const clients = await session.openClients(region);
    const close = (): void => {
      closed.push(region);
      clients.close();
    };
    if (region === home) return { ...clients, close };
    const kms = (): Promise<never> => {
      setImmediate(refuse, new Error('ap-south-1 does not open'));
      return Promise.reject(new Error('what went wrong first'));
    };
    return { ...clients, close, kms };
  };
  const run = { needs, flags: { inspectValues: false, allKeys: false }, tuning, signal, homeRegion: home };
  const reading = readScope({ ...session, openClients }, home, { ...run, onProgress: () => undefined, note: () => undefined });
  await expect(reading).rejects.toThrow('what went wrong first');
  expect(closed.sort()).toEqual(['eu-west-1', home].sort());
});
