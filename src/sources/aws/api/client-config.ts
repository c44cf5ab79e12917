import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { STSClientConfig } from '@aws-sdk/client-sts';

export type Credentials = NonNullable<STSClientConfig['credentials']>;

/** What every client is made with. Retries are ours, see `retry.ts`. */
export interface ClientConfig {
  readonly region: string;
  readonly maxAttempts: 1;
  readonly requestHandler: NodeHttpHandler;
  readonly credentials?: Credentials;
  readonly endpoint?: string;
}
