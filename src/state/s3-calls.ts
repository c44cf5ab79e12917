import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { mayPass, troubleOf } from './s3-error.ts';
import type { S3Timing } from './s3-timing.ts';

/** What the client is made with; what is absent, the SDK finds where it always looks. */
export type S3ClientSettings = Pick<S3ClientConfig, 'credentials' | 'endpoint' | 'forcePathStyle' | 'profile' | 'region'>;

/** The way to S3: every call is bounded in time, and repeated where that may help. */
export interface S3Calls {
  /** Throws what the last attempt threw. The work reads the whole answer: what breaks half-way is tried again. */
  readonly make: <T>(work: (client: S3Client, options: { readonly abortSignal: AbortSignal }) => Promise<T>) => Promise<T>;
  /** The region of the bucket as far as it is known. */
  readonly region: () => string;
  readonly close: () => void;
}

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * Opens a client in the region that the SDK knows, else in us-east-1; it moves to the region of the bucket as soon as an answer names another.
 *
 * The SDK's own retries are off: they leave an answer that breaks half-way alone, and a conflict of two writers.
 */
export async function openS3(settings: S3ClientSettings, timing: S3Timing): Promise<S3Calls> {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: timing.connectionTimeoutMs,
    requestTimeout: timing.attemptTimeoutMs,
    socketTimeout: timing.idleTimeoutMs,
    throwOnRequestTimeout: true,
    logger: silent,
  });
  const clientIn = (region: string | undefined): S3Client =>
    new S3Client({ ...settings, ...(region === undefined ? {} : { region }), requestHandler, maxAttempts: 1, logger: silent });
  const first = clientIn(undefined);
  const known = await first.config.region().catch(() => undefined);
  let region = known ?? 'us-east-1';
  let client = known === undefined ? clientIn(region) : first;

  return {
    make: async (work) => {
      let moved = false;
      for (let made = 1; ; made += 1) {
        const asked = region;
        const abortSignal = AbortSignal.timeout(timing.attemptTimeoutMs);
        try {
          return await work(client, { abortSignal });
        } catch (error) {
          const trouble = troubleOf(error);
          if (trouble === undefined) throw error;
          if (!moved && trouble.region !== undefined && trouble.region !== asked) {
            moved = true;
            region = trouble.region;
            client = clientIn(region);
            continue;
          }
          if (!mayPass(trouble) || made >= timing.attempts) throw error;
          await timing.sleep(timing.random() * Math.min(timing.backoffCapMs, timing.backoffBaseMs * 2 ** (made - 1)));
        }
      }
    },
    region: () => region,
    close: () => {
      requestHandler.destroy();
    },
  };
}
