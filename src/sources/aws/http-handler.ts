import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Tuning } from './tuning.ts';

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * One set of connections, shared by the clients of an account and region. Without `throwOnRequestTimeout` a late
 * answer only prints a warning. `socketTimeout` ends an answer that stops half-way.
 */
export async function createHttpHandler(tuning: Tuning): Promise<NodeHttpHandler> {
  const { NodeHttpHandler: Handler } = await import('@smithy/node-http-handler');
  return new Handler({
    connectionTimeout: tuning.connectionTimeoutMs,
    requestTimeout: tuning.requestTimeoutMs,
    socketTimeout: tuning.requestTimeoutMs,
    throwOnRequestTimeout: true,
    logger: silent,
  });
}
