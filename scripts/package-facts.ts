import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeFacts, installPacked } from './packed.ts';

/** Prints what the README says of the size of the package. */
const folder = mkdtempSync(join(tmpdir(), 'sealcheck-facts-'));
try {
  const { facts } = installPacked(fileURLToPath(new URL('..', import.meta.url)), folder);
  process.stdout.write(`${describeFacts(facts)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
