import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { writeSnapshot } from '../../src/sources/snapshot/snapshot.ts';
import { scanEndpoint, scanTime } from './scan-endpoint.ts';
import { temporaryFolder } from './run-cli.ts';

const texts = new Map<string, Promise<string>>();

/** What `sealcheck collect` would have saved of the accounts at `scanTime`, as text. Read once for each name. */
export function savedAccount(name: string, accounts?: readonly AccountFixture[]): Promise<string> {
  const before = texts.get(name);
  if (before !== undefined) return before;
  const text = scanEndpoint({ ...(accounts === undefined ? {} : { accounts }), options: {} }).then(({ collection }) =>
    writeSnapshot(collection, scanTime, '0.0.0'),
  );
  texts.set(name, text);
  return text;
}

/** The same as a file in a folder of the test's own. */
export async function savedAccountFile(name: string, accounts?: readonly AccountFixture[]): Promise<string> {
  const file = join(temporaryFolder(), 'account.json');
  writeFileSync(file, await savedAccount(name, accounts));
  return file;
}
