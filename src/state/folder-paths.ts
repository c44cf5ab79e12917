import { lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { codeOf } from './folder-failure.ts';

/**
 * The path of a part of a state, none of whose folders is a symbolic link. The state itself may be one: whoever names it chose it. One inside
 * was put there by somebody, and would have us read or write elsewhere. Throws UserError `state-failed` for one.
 */
export async function pathInside(root: string, key: string): Promise<string> {
  let path = root;
  for (const part of key.split('/')) {
    path = join(path, part);
    const stat = await lstat(path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (stat?.isSymbolicLink() === true) throw linkError(path);
  }
  return path;
}

export function linkError(path: string): UserError {
  return new UserError('state-failed', `${path} is a symbolic link`, {
    hint: 'inside a state there are real files and folders only; the folder of the state as a whole may be a link',
  });
}

/** Makes the folders of a key below the root, for this user alone, and has each of them reach the disk. */
export async function makeFolders(root: string, folders: readonly string[]): Promise<string> {
  let path = root;
  for (const folder of folders) {
    const parent = path;
    path = join(path, folder);
    if (await makeFolder(path)) await syncFolder(parent);
  }
  return path;
}

async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !(await lstat(path)).isDirectory()) throw error;
    return false;
  }
}

/** Systems that cannot do so for a folder, such as Windows and some network mounts, say so by these codes; EACCES: it may be written, not read. */
const cannotSync = new Set(['EACCES', 'EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Has the names in a folder reach the disk, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!cannotSync.has(codeOf(error) ?? '')) throw error;
  }
}
