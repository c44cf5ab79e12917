import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEndpoint } from '../../src/endpoint/index.ts';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import type { Collection, Needs } from '../../src/model/resource.ts';
import { allNeeds } from '../../src/scan.ts';
import { collectAws } from '../../src/sources/aws/index.ts';
import { fastTuning } from '../sources/aws/fake-time.ts';
import { scanTime } from '../support/scan-endpoint.ts';

/** Changes the body of an answer. `operation` is the end of `x-amz-target`, the `Action` of a form, or the path. */
export type Spoil = (body: string, operation: string) => string;

/** What a collection makes of an account whose answers go through `spoil`; every flag is on. */
export async function collectSpoilt(account: AccountFixture, spoil: Spoil, needs: Needs = allNeeds()): Promise<Collection> {
  const endpoint = await startEndpoint({ accounts: [account], clock: () => scanTime });
  const proxy = createServer((request, response) => {
    void (async () => {
      const body = await readBody(request);
      const kept = Object.entries(request.headers).filter(([name]) => /^(x-amz-|content-type|authorization)/.test(name));
      const headers = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
      const method = request.method ?? 'POST';
      const answer = await fetch(`${endpoint.url}${request.url ?? ''}`, { method, headers, ...(method === 'GET' ? {} : { body }) });
      const operation = headers['x-amz-target']?.split('.').at(-1) ?? new URLSearchParams(body).get('Action') ?? request.url ?? '';
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(answer.ok ? spoil(await answer.text(), operation) : await answer.text());
    })();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  try {
    return await collectAws(
      {
        regions: ['us-east-1'],
        ...{ roleArns: [], withCaller: false, inspectValues: true, allKeys: true },
        endpoint: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
        credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE-EXAMPLE' },
      },
      {
        needs,
        now: scanTime,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        tuning: fastTuning({ wallClock: () => scanTime }),
      },
    );
  } finally {
    proxy.closeAllConnections();
    proxy.close();
    await endpoint.close();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Sets a field at a path such as `SecretList[].Name` in the answers of an operation; undefined leaves it out. */
export function setField(operation: string, path: string, value: unknown): Spoil {
  const set = (part: unknown, names: readonly string[]): unknown => {
    const [name, ...rest] = names;
    if (name === '[]') return Array.isArray(part) ? part.map((entry) => set(entry, rest)) : part;
    if (name === undefined || typeof part !== 'object' || part === null) return value;
    return { ...part, [name]: set((part as { readonly [field: string]: unknown })[name], rest) };
  };
  const names = path.replaceAll('[]', '.[]').split('.');
  return (body, name) => (name === operation ? JSON.stringify(set(JSON.parse(body), names)) : body);
}
