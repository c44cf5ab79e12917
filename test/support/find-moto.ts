import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version whose answers the tests know. */
export const motoVersion = '5.2.1';

const venvScript = fileURLToPath(new URL('moto-venv.py', import.meta.url));

/** A Python that can run moto, or why there is none. */
export type FoundMoto = { readonly python: string } | { readonly missing: string };

/**
 * Looks for moto on the PATH, by the interpreter of `moto_server` and by `python3`; else in a virtual environment outside the
 * clone, `$XDG_CACHE_HOME/sealcheck/moto-5.2.1`, which is made if need be and takes a minute then.
 */
export async function findMoto(env: NodeJS.ProcessEnv = process.env): Promise<FoundMoto> {
  for (const python of [await interpreterOfServer(env), 'python3']) {
    if (python !== undefined && (await hasMoto(python, env))) return { python };
  }
  const parent = join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'sealcheck');
  const folder = join(parent, `moto-${motoVersion}`);
  try {
    await mkdir(parent, { recursive: true });
    await run('python3', [venvScript, folder, `moto[server]==${motoVersion}`], { env, timeout: 300_000 });
  } catch (error) {
    return { missing: `moto ${motoVersion} is not on the PATH, and ${folder} could not be made: ${lastLine(error)}` };
  }
  const python = join(folder, 'bin', 'python');
  return (await hasMoto(python, env)) ? { python } : { missing: `${folder} holds no moto ${motoVersion}; delete it to have it made anew` };
}

/** The first line of the script names it; absent where `moto_server` is not there, or something in between (a shim of pyenv) is. */
async function interpreterOfServer(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const script = (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'moto_server'))
    .find((path) => existsSync(path));
  if (script === undefined) return undefined;
  const [first = ''] = (await readFile(script, 'utf8')).split('\n', 1);
  return /^#!(\/\S*python\S*)$/.exec(first.trim())?.[1];
}

/** moto_server cannot say which version it is. */
async function hasMoto(python: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const { stdout } = await run(python, ['-c', 'import flask, moto, moto.server; print(moto.__version__)'], { env });
    return stdout.trim() === motoVersion;
  } catch {
    return false;
  }
}

function lastLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return said.split('\n').at(-1) || String(error);
}
