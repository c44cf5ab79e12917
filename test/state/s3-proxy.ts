import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * What becomes of a request. `answer lost`: S3 does what it says, and the connection breaks. `half`: it breaks in the middle of the answer.
 * `silence`: nothing comes back, ever. An answer of the proxy's own has a body as S3's errors have, unless it brings one.
 */
export type Fate =
  | 'pass'
  | 'answer lost'
  | 'half'
  | 'silence'
  | { readonly status: number; readonly code?: string; readonly body?: string; readonly headers?: { readonly [name: string]: string } };

/** A request as it went by. */
export interface Seen {
  readonly method: string;
  /** Without the endpoint, with its query. */
  readonly path: string;
}

export interface S3Proxy {
  readonly url: string;
  readonly seen: readonly Seen[];
}

/** Stands before an S3 until the test ends; `decide` says of each request what becomes of it, `nth` counting from 1 those of its method. */
export async function startS3Proxy(upstream: () => string, decide: (seen: Seen, nth: number) => Fate): Promise<S3Proxy> {
  const seen: Seen[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '' } = incoming;
    seen.push({ method, path });
    const fate = decide({ method, path }, seen.filter((other) => other.method === method).length);
    void handle(incoming, outgoing, fate, upstream());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function handle(incoming: IncomingMessage, outgoing: ServerResponse, fate: Fate, upstream: string): Promise<void> {
  const body = await bytesOf(incoming);
  if (fate === 'silence') return;
  if (typeof fate === 'object') {
    const { status, code, headers } = fate;
    const text = fate.body ?? (code === undefined ? '' : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
    outgoing.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(text);
    return;
  }
  const onward = request(upstream + incoming.url, { method: incoming.method, headers: incoming.headers }).end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  const content = await bytesOf(answer);
  if (fate === 'answer lost') {
    incoming.socket.destroy();
    return;
  }
  outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
  if (fate === 'half') outgoing.write(content.subarray(0, content.length / 2), () => incoming.socket.destroy());
  else outgoing.end(content);
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
