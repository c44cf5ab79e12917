import { promises, type PathLike } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';

/** What happens at one call of the file system: an error with this code, or the end of the process. A write is half done by then. */
export type Fault = { readonly code: string } | 'killed';

type Call = (...args: unknown[]) => Promise<unknown>;
const functions = ['link', 'lstat', 'mkdir', 'open', 'readdir', 'rename', 'rm', 'unlink'] as const;
const methods = ['close', 'readFile', 'stat', 'sync', 'writeFile'] as const;

/** From now on a file gets its name a little later than was asked: what was found out before that has time to become wrong. */
export function nameFilesLate(milliseconds: number): void {
  const table = promises as unknown as Record<string, Call>;
  for (const name of ['link', 'rename']) {
    const call = table[name] as Call;
    table[name] = async (...args) => {
      await delay(milliseconds);
      return await call(...args);
    };
  }
  syncBuiltinESMExports();
}

/** From now on the `nth` call of the file system through node:fs/promises fails; `calls` names all that were made. */
export function breakFiles(nth: number, fault: Fault): { readonly calls: readonly string[]; readonly mend: () => void } {
  const calls: string[] = [];
  const whole: Record<string, Call> = {};
  const table = promises as unknown as Record<string, Call>;
  const guard = (name: string, call: Call, half: Call | undefined): Call => {
    return async (...args) => {
      calls.push(name);
      if (calls.length !== nth) return await call(...args);
      await half?.(...args);
      if (fault === 'killed') process.kill(process.pid, 'SIGKILL');
      throw Object.assign(new Error('on purpose'), { ...(fault === 'killed' ? {} : fault), syscall: name });
    };
  };
  for (const name of functions) {
    const call = (whole[name] = table[name] as Call);
    table[name] = guard(name, call, undefined);
  }
  const open = table['open'] as (path: PathLike, ...rest: unknown[]) => Promise<FileHandle>;
  table['open'] = async (...args) => {
    const handle = (await open(args[0] as PathLike, ...args.slice(1))) as unknown as Record<string, Call>;
    for (const name of methods) {
      const call = (handle[name] as Call).bind(handle);
      const half: Call = async (bytes) => await call((bytes as Buffer).subarray(0, (bytes as Buffer).length / 2));
      // The descriptor is given back though closing failed, as the kernel does.
      handle[name] = guard(name, call, name === 'writeFile' ? half : name === 'close' ? call : undefined);
    }
    return handle;
  };
  syncBuiltinESMExports();
  return {
    calls,
    mend: () => {
      Object.assign(table, whole);
      syncBuiltinESMExports();
    },
  };
}
