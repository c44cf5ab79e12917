import { randomUUID } from 'node:crypto';
import { lstat, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './folder-failure.ts';
import { makeFolders, pathInside } from './folder-paths.ts';

/** No key begins with a dot, so `list` cannot show it. */
const folder = '.tmp';
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Writes a file that nobody sees yet, on the disk before this returns, and gives its path to `use`, which moves it to its place. It is
 * removed in any case, but where the process is killed: see `removeOldTemporaries`.
 */
export async function withTemporary<T>(root: string, bytes: Buffer, use: (path: string) => Promise<T>): Promise<T> {
  await pathInside(root, folder);
  const path = join(await makeFolders(root, [folder]), randomUUID());
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await use(path);
  } finally {
    await rm(path, { force: true });
  }
}

/** Removes what writers left that were killed, once it is a day old: no writer takes that long. */
export async function removeOldTemporaries(root: string, now: number): Promise<void> {
  const path = await pathInside(root, folder);
  for (const name of await namesIn(path)) {
    const file = join(path, name);
    const stat = await lstat(file).catch(() => undefined);
    // Another run may be cleaning too; and what cannot be removed harms nobody.
    if (stat?.isFile() === true && now - stat.mtimeMs > dayMs) await rm(file, { force: true }).catch(() => undefined);
  }
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
