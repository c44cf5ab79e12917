import { CreateBucketCommand, DeleteObjectsCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/state/open-store.ts';
import { createS3Store } from '../../src/state/s3-store.ts';
import type { StateStore } from '../../src/state/state-store.ts';
import { motoCredentials } from '../moto/seed/moto-clients.ts';
import { describeWithMoto, type Moto } from '../support/moto.ts';
import { keepsTheContract } from './store-contract.ts';

const bucket = 'state-bucket';
const settingsOf = (moto: Moto) => ({ endpoint: moto.url, region: 'eu-central-1', credentials: motoCredentials, forcePathStyle: true });

await describeWithMoto('a bucket', (moto) => {
  let admin: S3Client;
  const opened: StateStore[] = [];
  let places = 0;
  const open = async (prefix: string): Promise<StateStore> => {
    const store = await createS3Store({ bucket, prefix }, settingsOf(moto));
    opened.push(store);
    return store;
  };
  beforeAll(async () => {
    admin = new S3Client(settingsOf(moto));
    await admin.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }));
  });
  afterAll(() => {
    for (const store of opened) store.close();
    admin?.destroy();
  });

  describe('keeps the contract of a store', () => {
    keepsTheContract(async () => {
      const prefix = `place-${(places += 1)}/`;
      return [await open(prefix), await open(prefix)];
    });
  });

  it('is listed page by page: 1,000 and 1,002 keys', async () => {
    const store = await open('many/');
    const keys = Array.from({ length: 1_002 }, (_, index) => `runs/${String(index + 1).padStart(8, '0')}.json.gz`);
    await putAll(keys.slice(0, 1_000));
    expect(await store.list('runs/')).toEqual(keys.slice(0, 1_000));
    await putAll(keys.slice(1_000));
    expect(await store.list('runs/')).toEqual(keys);
  }, 120_000);

  /** As many at once as the client has connections. */
  const putAll = async (keys: readonly string[]): Promise<void> => {
    for (let from = 0; from < keys.length; from += 50)
      await Promise.all(keys.slice(from, from + 50).map(async (key) => await put(`many/${key}`)));
  };
  const put = async (key: string): Promise<void> => {
    await admin.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'x' }));
  };

  it('keeps to its prefix, and passes over what others put there', async () => {
    const store = await open('a=1/b+c/');
    const hostile = ['', 'x y', '../../up', 'ä', 'a//b', '.hidden', 'a\u0001b', '<b>&amp;', 'a%2fb', 'a+b'];
    for (const name of hostile) await put(`a=1/b+c/runs/${name}`);
    for (const key of ['runs/00000001.json.gz', 'a=1/runs/00000001.json.gz', 'a=1/b+cruns/00000001.json.gz', 'a=1/b c/runs/1'])
      await put(key);
    await store.put('runs/00000002.json.gz', Buffer.from('2'));
    expect(await store.list('runs/')).toEqual(['runs/00000002.json.gz']);
    expect(await store.read('runs/00000001.json.gz')).toBeUndefined();
  });

  it('is found by the environment, in the path where that names another endpoint', async () => {
    const url = moto.url.replace('127.0.0.1', 'localhost');
    vi.stubEnv('AWS_ENDPOINT_URL_S3', url);
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', motoCredentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', motoCredentials.secretAccessKey);
    onTestFinished(() => void vi.unstubAllEnvs());
    const store = await openStore(`s3://${bucket}/env`, { env: { AWS_ENDPOINT_URL_S3: url } });
    opened.push(store);
    expect(await store.putIfAbsent('runs/1', Buffer.from('1'))).toBe(true);
    expect(await (await open('env/')).list('runs/')).toEqual(['runs/1']);
  });

  it('where no region is set it is asked for in us-east-1', async () => {
    const none = () => Promise.reject(new Error('Region is missing'));
    const store = await createS3Store({ bucket, prefix: 'nowhere/' }, { ...settingsOf(moto), region: none });
    opened.push(store);
    expect(await store.putIfAbsent('runs/1', Buffer.from('1'))).toBe(true);
    expect(await store.list('runs/')).toEqual(['runs/1']);
  });

  it('at its top, without a prefix', async () => {
    const store = await open('');
    expect(await store.putIfAbsent('top/1.json', Buffer.from('1'))).toBe(true);
    expect(store.label).toBe('s3://state-bucket/');
    expect(await store.list('top/')).toEqual(['top/1.json']);
    await admin.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: 'top/1.json' }] } }));
    expect(await store.list('top/')).toEqual([]);
  });

  it.each([
    ['runs/00000001.json.gz', 'application/gzip'],
    ['history.ndjson', 'application/x-ndjson'],
    ['latest/findings.json', 'application/json'],
    ['lock', 'application/octet-stream'],
  ])('%s is of type %s', async (key, type) => {
    const store = await open('types/');
    await store.put(key, Buffer.from('x'));
    const { ContentType, ContentEncoding } = await admin.send(new HeadObjectCommand({ Bucket: bucket, Key: `types/${key}` }));
    // With an encoding, clients would unpack what is read.
    expect({ ContentType, ContentEncoding }).toEqual({ ContentType: type, ContentEncoding: undefined });
  });
});
