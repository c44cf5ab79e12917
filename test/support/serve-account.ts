import { onTestFinished } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import type { Fault } from '../../src/endpoint/fault.ts';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';

/** An endpoint for one test. */
export async function serve(accounts: readonly AccountFixture[], faults: readonly Fault[] = []): Promise<Endpoint> {
  const endpoint = await startEndpoint({ accounts, faults });
  onTestFinished(() => endpoint.close());
  return endpoint;
}
