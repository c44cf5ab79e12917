import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply } from './request-handler.ts';
import type { RawRequest } from './request-target.ts';

export interface HttpServer {
  readonly url: string;
  /** Ends every connection, also one that waits for an answer. */
  readonly close: () => Promise<void>;
}

const loopback = '127.0.0.1';
const largestBody = 1024 * 1024;

/** Serves on the loopback interface only. Rejects with what listening failed with, such as EADDRINUSE. */
export async function listen(port: number, handle: (request: RawRequest) => Reply): Promise<HttpServer> {
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    readBody(request, response, (body) => {
      const reply = replyTo(handle, { path: request.url ?? '/', headers: request.headers, body });
      if (reply.delayMs <= 0) {
        send(request, response, reply);
        return;
      }
      const timer = setTimeout(() => {
        timers.delete(timer);
        send(request, response, reply);
      }, reply.delayMs);
      timers.add(timer);
    });
  });
  // A client that reuses a connection must never find it closed: no time limits.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, resolve);
  });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const timer of timers) clearTimeout(timer);
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${loopback}:${(server.address() as AddressInfo).port}`, close: () => (closed ??= close()) };
}

function readBody(request: IncomingMessage, response: ServerResponse, use: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('error', () => request.destroy());
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= largestBody) chunks.push(chunk);
  });
  request.on('end', () => {
    if (length <= largestBody) use(Buffer.concat(chunks).toString());
    else send(request, response, { kind: 'answer', delayMs: 0, status: 413, headers: {}, body: 'The request is too large.' });
  });
}

/** A fixture that contradicts itself, or a bug: the client sees a 500 that says what. */
function replyTo(handle: (request: RawRequest) => Reply, request: RawRequest): Reply {
  try {
    return handle(request);
  } catch (error) {
    const body = `The embedded endpoint failed: ${error instanceof Error ? error.message : String(error)}`;
    return { kind: 'answer', delayMs: 0, status: 500, headers: { 'content-type': 'text/plain' }, body };
  }
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case 'hang':
      return;
    case 'reset':
      request.socket.destroy();
      return;
    case 'answer':
      response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
      response.end(reply.body);
      return;
    default:
      reply satisfies never;
  }
}
