import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import type { Channel } from '../../src/notify/channel.ts';
import { webhook } from '../../src/notify/channels/webhook.ts';
import type { Message } from '../../src/notify/message.ts';
import { tell, type Told } from '../../src/notify/tell.ts';
import { keptRun, secret } from './runs.ts';
import { startReceiver, type Received } from './receiver.ts';
import { contextOf, fakeWorld, memoryStore } from './world.ts';

const key = 'FAKE-SECRET-OF-A-TEST-0123456789';
const path = '/hooks/FAKE-TOKEN-IN-A-PATH';

function open(url: string): Channel {
  const channel = webhook.open({ '--webhook <url>': url, '--webhook-secret-file <file>': `${key}\n` });
  if (channel === undefined) throw new Error('no channel');
  return channel;
}

async function tellOnce(url: string, world = fakeWorld()): Promise<Told> {
  return await tell(open(url + path), contextOf([keptRun(1, [secret('a')])], memoryStore(), world));
}

/** The lines that docs/notify.md gives to receivers. */
const [, documented = ''] =
  /```js\nimport [^\n]+\n([\s\S]+?)```/.exec(readFileSync(new URL('../../docs/notify.md', import.meta.url), 'utf8')) ?? [];

function isGenuine({ headers, body }: Received, now: number): boolean {
  const names = ['createHmac', 'timingSafeEqual', 'headers', 'secret', 'rawBody', 'Date'];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const verify = new Function(...names, documented) as (...values: readonly unknown[]) => void;
  try {
    verify(createHmac, timingSafeEqual, headers, key, body, { now: () => now });
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('not from sealcheck')) return false;
    throw error;
  }
}

/** By another implementation of HMAC than the one that signs. */
async function isSigned({ headers, body }: Received): Promise<boolean> {
  const { subtle } = globalThis.crypto;
  const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  const signature = Uint8Array.from(Buffer.from(String(headers['x-sealcheck-signature']).replace('sha256=', ''), 'hex'));
  const imported = await subtle.importKey('raw', encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  return await subtle.verify('HMAC', imported, signature, encode(`${String(headers['x-sealcheck-timestamp'])}.${body}`));
}

describe('a webhook', () => {
  it('is posted a message that is signed', async () => {
    const world = fakeWorld();
    const { url, received } = await startReceiver({ status: 204 });
    expect(await tellOnce(url, world)).toMatchObject({ kind: 'told', attempts: 1 });
    const [request] = received;
    if (request === undefined) throw new Error('nothing came');
    const body = JSON.parse(request.body) as Message;
    expect(request.url).toBe(path);
    expect(request.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'idempotency-key': body.id });
    expect(body).toMatchObject({ schemaVersion: 1, kind: 'summary', open: { failing: 1 } });
    expect(await isSigned(request)).toBe(true);
    expect(isGenuine(request, world.now())).toBe(true);
    expect(isGenuine({ ...request, body: request.body.replace('"failing":1', '"failing":0') }, world.now())).toBe(false);
    expect(isGenuine({ ...request, headers: { ...request.headers, 'x-sealcheck-timestamp': '1' } }, 1000)).toBe(false);
    expect(isGenuine({ ...request, headers: { 'x-sealcheck-timestamp': request.headers['x-sealcheck-timestamp'] } }, world.now())).toBe(
      false,
    );
    expect(isGenuine(request, world.now() + 400_000)).toBe(false);
  });

  it('is tried again when it fails, signed anew, with the same id and body', async () => {
    const world = fakeWorld();
    const { url, received } = await startReceiver({ status: 500 }, { status: 503 }, { status: 200 });
    expect(await tellOnce(url, world)).toMatchObject({ kind: 'told', attempts: 3 });
    expect(world.slept).toEqual([500, 1000]);
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['x-sealcheck-signature'])).size).toBe(2);
    for (const request of received) expect(isGenuine(request, world.now())).toBe(true);
  });

  it('is waited for as long as it asks, up to a minute', async () => {
    const world = fakeWorld(Date.parse('2026-11-02T09:00:00Z'));
    const asks = (value: string) => ({ status: 429, headers: { 'Retry-After': value } });
    const { url } = await startReceiver(asks('7'), asks('Mon, 02 Nov 2026 09:00:27 GMT'), asks('86400'), asks('soon'), { status: 200 });
    expect(await tellOnce(url, world)).toMatchObject({ kind: 'told', attempts: 5 });
    expect(world.slept).toEqual([7_000, 20_000, 60_000, 4_000]);
  });

  it('is given up after three minutes in all', async () => {
    const world = fakeWorld();
    const { url, received } = await startReceiver({ status: 429, headers: { 'Retry-After': '3600' } });
    expect(await tellOnce(url, world)).toMatchObject({ kind: 'failed', why: 'HTTP 429', attempts: 4 });
    expect([received.length, world.slept]).toEqual([4, [60_000, 60_000, 60_000]]);
  });

  it.each([
    ['a server that stays down', { status: 502 }, 'HTTP 502', 5],
    ['a time-out of its own', { status: 408 }, 'HTTP 408', 5],
    ['a connection that breaks', 'drop', /^no connection \(UND_ERR_SOCKET\)$|^no connection \(ECONNRESET\)$/, 5],
    ['a request that it does not take', { status: 400 }, 'HTTP 400', 1],
    ['a path that is not there', { status: 404 }, 'HTTP 404', 1],
    ['a path that is gone', { status: 410 }, 'HTTP 410', 1],
    ['a redirect', { status: 307, headers: { Location: 'http://127.0.0.1:1/FAKE' } }, 'HTTP 307, a redirect, which is not followed', 1],
  ] as const)('is tried so often: %s', async (_name, reply, why, attempts) => {
    const { url, received } = await startReceiver(reply);
    const told = await tellOnce(url);
    expect(told).toMatchObject({ kind: 'failed', attempts, why: expect.stringMatching(why) as unknown });
    expect(received).toHaveLength(attempts);
    expect(JSON.stringify(told)).not.toContain('FAKE');
  });

  it('does not lead elsewhere: a redirect within the same host is not followed either', async () => {
    const { url, received } = await startReceiver({ status: 302, headers: { Location: '/elsewhere' } });
    await tellOnce(url);
    expect(received.map((one) => one.url)).toEqual([path]);
  });

  it('that never answers is not waited for without end', async () => {
    const { url, received } = await startReceiver('hang', { status: 200 });
    expect(await tellOnce(url, { ...fakeWorld(), attemptMs: 150 })).toMatchObject({
      kind: 'told',
      attempts: 2,
    });
    expect(received).toHaveLength(2);
  });

  it('that nobody listens to is said without its address', async () => {
    const told = await tellOnce('http://127.0.0.1:9');
    expect(told).toMatchObject({ kind: 'failed', attempts: 5, why: expect.stringMatching(/^no connection/) as unknown });
    expect(JSON.stringify(told)).not.toMatch(/FAKE-TOKEN|127\.0/);
  });

  it('is left when the run is interrupted', async () => {
    const controller = new AbortController();
    const { url, received } = await startReceiver({ status: 500 });
    const world = { ...fakeWorld(), sleep: () => Promise.resolve(controller.abort()) };
    const context = contextOf([keptRun(1, [secret('a')])], memoryStore(), world, { signal: controller.signal });
    expect(await tell(open(url), context)).toMatchObject({ kind: 'failed', why: 'interrupted' });
    expect(received).toHaveLength(1);
  });
});

describe('a webhook is refused', () => {
  it.each([
    ['in clear', 'http://hooks.example.com/FAKE-TOKEN', key, /not https/],
    ['of another protocol', 'ftp://hooks.example.com/FAKE-TOKEN', key, /not https/],
    ['that only looks local', 'http://127.0.0.1.example.com/FAKE-TOKEN', key, /not https/],
    ['with a password in it', 'https://u:FAKE-TOKEN@hooks.example.com/', key, /a password/],
    ['that is no URL', 'FAKE-TOKEN', key, /is none/],
    ['without a secret', 'https://hooks.example.com/FAKE-TOKEN', undefined, /needs a secret/],
    ['with an empty secret', 'https://hooks.example.com/FAKE-TOKEN', ' \n', /needs a secret/],
    ['with a secret that could be tried out', 'https://hooks.example.com/FAKE-TOKEN', 'FAKE-short', /too short/],
  ])('%s', (_name, url, secretOf, message) => {
    let caught: unknown;
    try {
      webhook.open({ '--webhook <url>': url, '--webhook-secret-file <file>': secretOf });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(UserError);
    const { code, message: said, hint } = caught as UserError;
    expect([code, said]).toEqual(['usage', expect.stringMatching(message)]);
    expect(`${said} ${hint}`).not.toContain('FAKE');
  });

  it.each(['http://localhost:8080/', 'http://[::1]:8080/x', 'https://hooks.example.com/'])('but not %s', (url) => {
    expect(open(url).kind).toBe('webhook');
  });

  it('has a key of its own by its target, whatever the secret', () => {
    const at = (url: string): string => open(url).key;
    expect(at('https://a.example.com/')).toMatch(/^[0-9a-f]{32}$/);
    expect(at('https://a.example.com/')).not.toBe(at('https://b.example.com/'));
  });
});
