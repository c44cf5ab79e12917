import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  /** Undefined for a request without a body. */
  readonly body: { readonly [name: string]: string } | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

export interface FakeGitHub {
  readonly url: string;
  readonly received: readonly Received[];
}

/** Stands for api.github.com on the loopback interface. `answer` gets how many requests came before. */
export async function fakeGitHub(answer: (request: Received, before: number) => Answer = accepts): Promise<FakeGitHub> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const one: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization ?? '',
        body: text === '' ? undefined : (JSON.parse(text) as { readonly [name: string]: string }),
      };
      const { status, body, headers = {} } = answer(one, received.length);
      received.push(one);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body === undefined ? '' : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** Takes a file and has processed it at once. */
export function accepts({ method }: Received): Answer {
  return method === 'POST' ? { status: 202, body: { id: 'an-upload' } } : { status: 200, body: { processing_status: 'complete' } };
}

/** The SARIF log of an upload. */
export function uploadedSarif({ body }: Received): {
  readonly runs: readonly { readonly automationDetails: { readonly id: string }; readonly results: readonly unknown[] }[];
} {
  return JSON.parse(gunzipSync(Buffer.from(body?.['sarif'] ?? '', 'base64')).toString('utf8')) as ReturnType<typeof uploadedSarif>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
