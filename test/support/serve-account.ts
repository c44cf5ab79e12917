import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import type { Fault } from '../../src/endpoint/fault.ts';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';

/** An endpoint for one test. */
export async function serve(accounts: readonly AccountFixture[], faults: readonly Fault[] = []): Promise<Endpoint> {
  const endpoint = await startEndpoint({ accounts, faults });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

/** An endpoint for all tests of a file; the function returns it once they run. */
export function serveForFile(accounts: readonly AccountFixture[]): () => Endpoint {
  let endpoint: Endpoint | undefined;
  beforeAll(async () => {
    endpoint = await startEndpoint({ accounts });
  });
  afterAll(async () => {
    await endpoint?.close();
  });
  return () => {
    if (endpoint === undefined) throw new Error('the endpoint is only there while the tests run');
    return endpoint;
  };
}
