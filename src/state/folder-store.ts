import { constants, type Dirent } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import { codeOf, naming } from './folder-failure.ts';
import { linkError, makeFolders, pathInside, syncFolder } from './folder-paths.ts';
import { checkKey, folderOf, isKey, sortedKeys } from './object-key.ts';
import type { StateStore } from './state-store.ts';
import { removeOldTemporaries, withTemporary } from './temporaries.ts';

/** Never through a link, and never waiting for the other end of a pipe. Windows knows neither. */
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** How file systems say that they have no hard links. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

export interface FolderStore extends StateStore {
  /** Makes the folder, and finds out whether objects can be written there; done with the first write else. Throws UserError `state-failed`. */
  readonly prepare: () => Promise<void>;
}

/**
 * A state in a folder, which is made with the first write. An object is written under another name, brought to the disk, and then gets its own:
 * by link(2), which refuses a name that is taken, or by rename(2), which replaces. So a run that is killed, or for which the disk has no room,
 * leaves what was there.
 *
 * On a file system without hard links `putIfAbsent` is refused: a file that is made under its own name can stay half, and a lock can outlive
 * its owner.
 *
 * @param now Epoch milliseconds, to tell what a killed run left from what another is writing.
 */
export function createFolderStore(location: string, now: () => number): FolderStore {
  const root = resolve(location);
  let ready: Promise<void> | undefined;
  /** Once for a store: the folder, what killed runs left in it, and whether it takes files. */
  const prepare = (): Promise<void> =>
    (ready ??= (async () => {
      const first = await mkdir(root, { recursive: true, mode: 0o700 });
      for (let made = root; first !== undefined && made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
      await removeOldTemporaries(root, now());
      await withTemporary(root, Buffer.alloc(0), async (temporary) => {
        await linkIfAbsent(temporary, `${temporary}.link`);
        await rm(`${temporary}.link`);
      });
    })().catch((error: unknown) => {
      ready = undefined;
      throw error;
    }));

  const write = async <T>(key: string, bytes: Buffer, place: (temporary: string, path: string) => Promise<T>): Promise<T> => {
    checkKey(key);
    return await naming('write', join(root, key), async () => {
      await prepare();
      const path = await pathInside(root, key);
      await makeFolders(root, key.split('/').slice(0, -1));
      return await withTemporary(root, bytes, async (temporary) => {
        const result = await place(temporary, path);
        await syncFolder(dirname(path));
        return result;
      });
    });
  };

  return {
    label: location.endsWith('/') ? location : `${location}/`,
    read: async (key) => {
      checkKey(key);
      return await naming('read', join(root, key), async () => await readWhole(await pathInside(root, key)));
    },
    putIfAbsent: async (key, bytes) => await write(key, bytes, linkIfAbsent),
    put: async (key, bytes) => {
      await write(key, bytes, rename);
    },
    list: async (prefix) => {
      const folder = folderOf(prefix);
      return await naming('read', join(root, folder), async () => sortedKeys(await keysBelow(await pathInside(root, folder), prefix)));
    },
    remove: async (key) => {
      checkKey(key);
      await naming('remove', join(root, key), async () => {
        await ifThere(async () => await unlink(await pathInside(root, key)));
      });
    },
    prepare: async () => {
      await naming('write', root, prepare);
    },
    close: () => undefined,
  };
}

async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function readWhole(path: string): Promise<Buffer | undefined> {
  const handle = await ifThere(async () => await open(path, readFlags));
  if (handle === undefined) return undefined;
  try {
    if (!(await handle.stat()).isFile()) throw notAFile(path);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function linkIfAbsent(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = codeOf(error) ?? '';
    // Over NFS the answer to a link that was made can get lost, and the same request, sent again, finds the name taken.
    if (code === 'EEXIST') return await isSameFile(temporary, path);
    if (!noLinks.has(code)) throw error;
    throw new UserError('state-failed', `cannot write ${path}: ${code}, the file system has no hard links`, {
      hint: 'they keep two runs from overwriting each other: keep the state on a local disk, on NFS or EFS, or in s3://BUCKET/PREFIX',
      cause: error,
    });
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([lstat(one, { bigint: true }), ifThere(async () => await lstat(other, { bigint: true }))]);
  return b !== undefined && a.ino !== 0n && a.dev === b.dev && a.ino === b.ino;
}

/** What is not ours by its name is passed over; what is, and is no file, is an error: it must not look as if a run were not there. */
async function keysBelow(path: string, prefix: string): Promise<readonly string[]> {
  const entries: readonly Dirent[] = (await ifThere(async () => await readdir(path, { withFileTypes: true }))) ?? [];
  const keys: string[] = [];
  for (const entry of entries) {
    if (!isKey(entry.name)) continue;
    const below = join(path, entry.name);
    if (entry.isDirectory()) keys.push(...(await keysBelow(below, `${prefix}${entry.name}/`)));
    else if (entry.isFile()) keys.push(`${prefix}${entry.name}`);
    else throw entry.isSymbolicLink() ? linkError(below) : notAFile(below);
  }
  return keys;
}

function notAFile(path: string): UserError {
  return new UserError('state-failed', `${path} is not a file`, { hint: 'move it away: sealcheck did not make it' });
}
