import { UserError } from '../model/errors.ts';

/** Makes a failed call of the file system a UserError `state-failed`, which names the path, the code and what to do. Bugs pass through. */
export async function naming<T>(doing: 'read' | 'write' | 'remove', path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || error instanceof UserError) throw error;
    throw new UserError('state-failed', `cannot ${doing} ${path}: ${code}`, { hint: hintFor(code), cause: error });
  }
}

/** The code of a call that the system refused, such as ENOSPC; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function hintFor(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk or the quota is full: make room, and run again. What was kept before is whole.';
    case 'EFBIG':
      return 'Files may not become so large here: raise the limit (`ulimit -f`). What was kept before is whole.';
    case 'EACCES':
    case 'EPERM':
      return 'Let the user who runs sealcheck read and write the folder, or name another with --state-dir.';
    case 'EROFS':
      return 'The file system is read-only: mount a volume there, or name another folder with --state-dir.';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'A file stands where a folder belongs: move it away, or name another folder with --state-dir.';
    case 'EISDIR':
    case 'ENOTEMPTY':
      return 'A folder stands where a file belongs: move it away, or name another folder with --state-dir.';
    case 'ENAMETOOLONG':
      return 'Name a folder with a shorter path with --state-dir.';
    case 'EXDEV':
      return 'A folder inside the state is a mount of its own: mount the whole state instead.';
    default:
      return 'What was kept before is whole; mend the disk or its mount, or name another folder with --state-dir.';
  }
}
