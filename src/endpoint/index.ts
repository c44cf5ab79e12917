import type { AccountFixture } from './account-fixture.ts';
import type { Fault } from './fault.ts';
import { listen } from './http-server.ts';
import { createHandler } from './request-handler.ts';

export interface EndpointOptions {
  /** The first one answers for access keys that name no account. */
  readonly accounts: readonly AccountFixture[];
  readonly faults?: readonly Fault[];
  /** How long every answer takes, in milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** Calls per second for each account and region, such as `{ 'secretsmanager:GetResourcePolicy': 50 }`. Default: none is limited. */
  readonly quotas?: Readonly<Record<string, number>>;
  /** Default: any free port. */
  readonly port?: number;
  /** Epoch milliseconds, for quotas and the end of sessions. Default: the system's. */
  readonly clock?: () => number;
}

/** AWS on the loopback interface, served from memory. Nothing is verified and nothing is stored. */
export interface Endpoint {
  /** For the SDK's `endpoint` or AWS_ENDPOINT_URL. */
  readonly url: string;
  /** How often each operation was asked for, such as `{ 'secretsmanager:ListSecrets': 2 }`; those that are not served too. */
  readonly calls: () => Readonly<Record<string, number>>;
  readonly resetCalls: () => void;
  /** Replaces the faults; their counts start again. */
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** Ends also while requests hang. */
  readonly close: () => Promise<void>;
}

/** Throws Error for fixtures that contradict themselves; rejects when the port is taken. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const handler = createHandler({
    accounts: options.accounts,
    latencyMs: options.latencyMs ?? 0,
    quotas: options.quotas ?? {},
    clock: options.clock ?? Date.now,
  });
  handler.setFaults(options.faults ?? []);
  const server = await listen(options.port ?? 0, handler.handle);
  return { url: server.url, calls: handler.calls, resetCalls: handler.resetCalls, setFaults: handler.setFaults, close: server.close };
}
