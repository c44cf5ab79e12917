import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a request is answered; hang: not at all, drop: the connection breaks. */
export type Reply =
  'hang' | 'drop' | { readonly status: number; readonly headers?: { readonly [name: string]: string }; readonly body?: string };

/** A receiver on the loopback interface: answers in turn, and with the last one from then on. */
export async function startReceiver(
  ...replies: readonly Reply[]
): Promise<{ readonly url: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const reply = replies[Math.min(received.length, replies.length - 1)] ?? { status: 200 };
      received.push({ url: request.url ?? '', headers: request.headers, body });
      if (reply === 'hang') return;
      if (reply === 'drop') request.socket.destroy();
      // What an answer says must not be passed on.
      else response.writeHead(reply.status, reply.headers).end(reply.body ?? `FAKE-ANSWER of ${request.url}`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
