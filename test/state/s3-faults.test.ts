import { createServer } from 'node:net';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { createS3Store } from '../../src/state/s3-store.ts';
import type { S3Timing } from '../../src/state/s3-timing.ts';
import type { StateStore } from '../../src/state/state-store.ts';
import { motoCredentials } from '../moto/seed/moto-clients.ts';
import { describeWithMoto } from '../support/moto.ts';
import { failureOf } from './failure-of.ts';
import { startS3Proxy, type Fate, type Seen } from './s3-proxy.ts';

const bucket = 'state-bucket';
const run = 'runs/00000001.json.gz';
const bytes = Buffer.from('{"run":1}');
const credentials = { ...motoCredentials, sessionToken: 'FakeSessionToken' };
const denied: Fate = { status: 403, code: 'AccessDenied' };
const slow: Fate = { status: 503, code: 'SlowDown' };

await describeWithMoto('S3 in trouble', (moto) => {
  let places = 0;
  const waits: number[] = [];
  const quick: Partial<S3Timing> = {
    random: () => 0.5,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  };
  const openAt = async (url: string, place: string, timing: Partial<S3Timing> = {}): Promise<StateStore> =>
    await createS3Store(
      { bucket, prefix: `${place}/` },
      { endpoint: url, region: 'us-east-1', credentials, forcePathStyle: true },
      { ...quick, ...timing },
    );
  /** A store of an empty place behind a proxy, and one of the same place without it. */
  const openBehind = async (decide: (seen: Seen, nth: number) => Fate, timing: Partial<S3Timing> = {}) => {
    const place = `place-${(places += 1)}`;
    const proxy = await startS3Proxy(() => moto.url, decide);
    waits.length = 0;
    return { store: await openAt(proxy.url, place, timing), plain: await openAt(moto.url, place), seen: proxy.seen };
  };
  beforeAll(async () => {
    const admin = new S3Client({ endpoint: moto.url, region: 'us-east-1', credentials, forcePathStyle: true });
    await admin.send(new CreateBucketCommand({ Bucket: bucket }));
    admin.destroy();
  });

  describe('the answer to a write gets lost after it was done', () => {
    it('the write is told as its own', async () => {
      const { store, plain, seen } = await openBehind(({ method }, nth) => (method === 'PUT' && nth === 1 ? 'answer lost' : 'pass'));
      expect(await store.putIfAbsent(run, bytes)).toBe(true);
      expect(seen.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'HEAD']);
      expect(await plain.read(run)).toEqual(bytes);
      expect(await store.putIfAbsent(run, bytes)).toBe(false);
      expect(await plain.putIfAbsent(run, bytes)).toBe(false);
    });

    it('the write of another is not, though it has the same bytes', async () => {
      const { store, plain } = await openBehind(({ method }, nth) => (method === 'PUT' && nth === 1 ? slow : 'pass'), {
        sleep: async () => {
          await plain.putIfAbsent(run, bytes);
        },
      });
      expect(await store.putIfAbsent(run, bytes)).toBe(false);
    });

    it('of twenty that all lose their first answer one is told true', async () => {
      let lost = 0;
      const { store, plain } = await openBehind(({ method }) => (method === 'PUT' && (lost += 1) <= 20 ? 'answer lost' : 'pass'));
      const told = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => await store.putIfAbsent(run, Buffer.from(`run ${index}`))),
      );
      expect(told.filter(Boolean)).toHaveLength(1);
      expect(String(await plain.read(run))).toBe(`run ${told.indexOf(true)}`);
    });

    it('what was in the way, and is gone when it is looked at, is written', async () => {
      const { store, seen } = await openBehind(({ method }, nth) =>
        method === 'PUT' && nth === 1 ? { status: 412, code: 'PreconditionFailed' } : 'pass',
      );
      expect(await store.putIfAbsent(run, bytes)).toBe(true);
      expect(seen.map(({ method }) => method)).toEqual(['PUT', 'HEAD', 'PUT']);
    });

    it('what is there and is not, over and over, is an error', async () => {
      const { store, seen } = await openBehind(({ method }) => (method === 'PUT' ? { status: 412, code: 'PreconditionFailed' } : 'pass'));
      expect((await failureOf(store.putIfAbsent(run, bytes))).message).toMatch(/PreconditionFailed, HTTP 412$/);
      expect(seen).toHaveLength(6);
    });

    it('where it cannot be told whose it is, it is an error', async () => {
      const { store } = await openBehind(({ method }, nth) =>
        method === 'PUT' && nth === 1 ? 'answer lost' : method === 'HEAD' ? { status: 403 } : 'pass',
      );
      const failure = await failureOf(store.putIfAbsent(run, bytes));
      expect(failure.message).toMatch(/^s3:GetObject on .* failed: HTTP 403$/);
    });
  });

  describe('what passes is tried again', () => {
    it.each<[string, Fate]>([
      ['SlowDown', slow],
      ['a 500 without a body', { status: 500 }],
      ['a conflict of two writers', { status: 409, code: 'ConditionalRequestConflict' }],
      ['too many requests', { status: 429 }],
      ['a clock that is wrong', { status: 403, code: 'RequestTimeTooSkewed' }],
      ['a request that came too slowly', { status: 400, code: 'RequestTimeout' }],
    ])('%s, twice', async (_, fate) => {
      const { store, plain, seen } = await openBehind(({ method }, nth) => (method === 'PUT' && nth <= 2 ? fate : 'pass'));
      expect(await store.putIfAbsent(run, bytes)).toBe(true);
      expect(seen).toHaveLength(3);
      expect(waits).toEqual([150, 300]);
      expect(await plain.read(run)).toEqual(bytes);
    });

    it('an answer that breaks half-way: whole the next time', async () => {
      const large = randomBytes(1 << 20);
      const { store, plain } = await openBehind(({ method }, nth) => (method === 'GET' && nth === 1 ? 'half' : 'pass'));
      await plain.put(run, large);
      expect((await store.read(run))?.equals(large)).toBe(true);
    });

    it('four times, not for ever', async () => {
      const { store, seen } = await openBehind(() => slow);
      for (const call of [() => store.read(run), () => store.put(run, bytes), () => store.list('runs/'), () => store.remove(run)]) {
        const before = seen.length;
        const failure = await failureOf(call());
        expect(failure).toMatchObject({ code: 'state-failed' });
        expect(failure.message).toMatch(/^s3:\w+ on s3:\/\/state-bucket\/place-\d+\/runs\/.* failed: SlowDown, HTTP 503$/);
        expect(seen.length - before).toBe(4);
      }
    });
  });

  describe('what is denied is an error, never absent', () => {
    const arn = (place: string) => `arn:aws:s3:::state-bucket/${place}*`;
    it.each<[string, (store: StateStore) => Promise<unknown>, (place: string) => string]>([
      [
        'read',
        (store) => store.read(run),
        (place) => `Grant s3:GetObject on ${arn(place)}, and s3:ListBucket on arn:aws:s3:::state-bucket.`,
      ],
      ['put', (store) => store.put(run, bytes), (place) => `Grant s3:PutObject on ${arn(place)}.`],
      ['putIfAbsent', (store) => store.putIfAbsent(run, bytes), (place) => `Grant s3:PutObject on ${arn(place)}.`],
      ['list', (store) => store.list('runs/'), () => 'Grant s3:ListBucket on arn:aws:s3:::state-bucket.'],
      ['remove', (store) => store.remove(run), (place) => `Grant s3:DeleteObject on ${arn(place)}.`],
    ])('%s', async (_, call, hint) => {
      const { store } = await openBehind(() => denied);
      const failure = await failureOf(call(store));
      expect(failure.code).toBe('state-failed');
      expect(failure.message).toMatch(/ failed: AccessDenied, HTTP 403$/);
      expect(failure.hint).toBe(hint(store.label.slice('s3://state-bucket/'.length)));
      expect(JSON.stringify(failure)).not.toMatch(/FakeSessionToken|AKIAFAKE/);
    });

    it('a read of what a list shows to be there', async () => {
      const { store, plain } = await openBehind(({ path }) => (path.includes('list-type') ? 'pass' : denied));
      await plain.put(run, bytes);
      await plain.put(`${run}.old`, bytes);
      expect(await failureOf(store.read(run))).toMatchObject({ code: 'state-failed' });
    });

    it('but of what a list shows not to be there it is S3 saying so to who may list this prefix alone', async () => {
      const { store, plain } = await openBehind(({ path }) => (path.includes('list-type') ? 'pass' : denied));
      await plain.put(`${run}.old`, bytes);
      expect(await store.read(run)).toBeUndefined();
    });
  });

  describe('other answers', () => {
    it.each<[string, Fate, RegExp, RegExp]>([
      ['no such bucket', { status: 404, code: 'NoSuchBucket' }, /NoSuchBucket, HTTP 404$/, /^Make the bucket/],
      ['404 of something in between', { status: 404, body: '<html>not found</html>' }, /HTTP 404$/, /API reference/],
      ['an unknown key', { status: 403, code: 'InvalidAccessKeyId' }, /InvalidAccessKeyId/, /^Check the credentials/],
      ['an expired token', { status: 400, code: 'ExpiredToken' }, /ExpiredToken/, /^Renew the credentials/],
      [
        'another region, which it does not name',
        { status: 301, code: 'PermanentRedirect' },
        /PermanentRedirect/,
        /not in us-east-1: set AWS_REGION/,
      ],
      [
        'a key of KMS',
        {
          status: 403,
          body: '<Error><Code>AccessDenied</Code><Message>User: arn:aws:sts::123456789012:assumed-role/x is not authorized to perform: kms:GenerateDataKey on it</Message></Error>',
        },
        /AccessDenied, HTTP 403$/,
        /^the bucket is encrypted with a key of KMS: grant kms:GenerateDataKey on that key$/,
      ],
      ['no conditional writes', { status: 501, code: 'NotImplemented' }, /NotImplemented/, /does not know conditional writes/],
      [
        'a page of a captive portal',
        { status: 200, body: '<html><body>Log in</body></html>' },
        /failed: /,
        /something in between|API reference|Check the network/i,
      ],
      ['nothing', { status: 200 }, /makes no sense$/, /^something in between/],
    ])('%s', async (_, fate, message, hint) => {
      const { store } = await openBehind(() => fate);
      for (const call of [() => store.putIfAbsent(run, bytes), () => store.list('runs/')]) {
        const failure = await failureOf(call());
        expect(failure.code).toBe('state-failed');
        expect(failure.message).toMatch(message);
        expect(failure.hint).toMatch(hint);
        expect(JSON.stringify(failure)).not.toContain('assumed-role');
      }
    });

    it('404 of something in between is no object that is absent', async () => {
      const { store } = await openBehind(() => ({ status: 404, body: '<html>not found</html>' }));
      expect(await failureOf(store.read(run))).toMatchObject({ code: 'state-failed' });
    });

    it('half a list', async () => {
      const body =
        '<ListBucketResult><Name>state-bucket</Name><IsTruncated>true</IsTruncated><Contents><Key>x</Key></Contents></ListBucketResult>';
      const { store } = await openBehind(() => ({ status: 200, body }));
      expect((await failureOf(store.list('runs/'))).message).toMatch(/makes no sense$/);
    });

    it('another region, which it names: the store moves there, once', async () => {
      const redirect: Fate = { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-central-1' } };
      const { store, plain, seen } = await openBehind((_, nth) => (nth === 1 ? redirect : 'pass'));
      expect(await store.putIfAbsent(run, bytes)).toBe(true);
      await store.put('history.ndjson', bytes);
      expect(seen.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT']);
      expect(await plain.read(run)).toEqual(bytes);
    });

    it('regions that send one another on come to an end', async () => {
      let region = 0;
      const { store, seen } = await openBehind(() => ({
        status: 301,
        code: 'PermanentRedirect',
        headers: { 'x-amz-bucket-region': `eu-west-${(region += 1)}` },
      }));
      expect(await failureOf(store.put(run, bytes))).toMatchObject({ code: 'state-failed' });
      expect(seen).toHaveLength(2);
    });
  });

  describe('no answer at all', () => {
    const short = { connectionTimeoutMs: 200, idleTimeoutMs: 60, attemptTimeoutMs: 400, attempts: 2 };

    it('of a server that is silent', async () => {
      const { store, seen } = await openBehind(() => 'silence', short);
      for (const call of [() => store.read(run), () => store.putIfAbsent(run, bytes), () => store.list('runs/')]) {
        const failure = await failureOf(call());
        expect(failure.message).toMatch(/ failed: TimeoutError$/);
        expect(failure.hint).toMatch(/^Check the network/);
      }
      expect(seen).toHaveLength(6);
    });

    it('of a server that trickles', async () => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined).write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
        const timer = setInterval(() => socket.write('a'), 20);
        socket.on('close', () => clearInterval(timer));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const store = await openAt(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, 'x', short);
      expect((await failureOf(store.read(run))).message).toMatch(/ failed: TimeoutError$/);
      store.close();
      server.close();
    });

    it('where nobody listens', async () => {
      const store = await openAt('http://127.0.0.1:9', 'x', short);
      const failure = await failureOf(store.list('runs/'));
      expect(failure.message).toMatch(/ failed: ECONNREFUSED$/);
      expect(failure.hint).toMatch(/AWS_ENDPOINT_URL/);
    });
  });

  it('no credentials', async () => {
    const none = () =>
      Promise.reject(Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }));
    const store = await createS3Store({ bucket, prefix: 'x/' }, { endpoint: moto.url, region: 'us-east-1', credentials: none }, quick);
    const failure = await failureOf(store.list('runs/'));
    expect(failure).toMatchObject({
      code: 'state-failed',
      message: 's3:ListBucket on s3://state-bucket/x/runs/ failed: CredentialsProviderError',
    });
    expect(failure.hint).toMatch(/^No credentials were found/);
  });
});
