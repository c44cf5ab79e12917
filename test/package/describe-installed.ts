import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe } from 'vitest';
import { installPacked, RegistryUnreachable, type Installed } from '../../scripts/packed.ts';

/**
 * A group of tests on the package as it is packed and installed, once for all of them.
 *
 * Without a way to the registry they are skipped with a warning on a laptop, and fail under CI=true.
 */
export function describeInstalled(name: string, body: (installed: Installed) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-packed-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  let installed: Installed;
  try {
    installed = installPacked(fileURLToPath(new URL('../..', import.meta.url)), folder);
  } catch (error) {
    remove();
    if (!(error instanceof RegistryUnreachable) || process.env['CI'] === 'true') throw error;
    console.warn(`SKIPPED, the tests of the packed package need the registry of npm to install it:\n${error.message}`);
    describe.skip(name, () => {
      body({ project: '', facts: { packed: 0, unpacked: 0, installed: 0, direct: 0, all: 0 } });
    });
    return;
  }
  describe(name, () => {
    afterAll(remove);
    body(installed);
  });
}
