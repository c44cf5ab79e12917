import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version whose rules the templates of `sealcheck init aws` pass. */
const cfnLintVersion = '1.51.0';

const venvScript = fileURLToPath(new URL('moto-venv.py', import.meta.url));

/** A command, or why there is none. */
export type FoundCfnLint = { readonly command: string } | { readonly missing: string };

/**
 * Looks for cfn-lint on the PATH; else in a virtual environment outside the clone, `$XDG_CACHE_HOME/sealcheck/cfn-lint-1.51.0`, which is
 * made if need be and takes half a minute then.
 */
export async function findCfnLint(env: NodeJS.ProcessEnv = process.env): Promise<FoundCfnLint> {
  if (await isCfnLint('cfn-lint', env)) return { command: 'cfn-lint' };
  const parent = join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'sealcheck');
  const folder = join(parent, `cfn-lint-${cfnLintVersion}`);
  try {
    await mkdir(parent, { recursive: true });
    await run('python3', [venvScript, folder, `cfn-lint==${cfnLintVersion}`], { env, timeout: 300_000 });
  } catch (error) {
    return { missing: `cfn-lint ${cfnLintVersion} is not on the PATH, and ${folder} could not be made: ${String(error)}` };
  }
  const command = join(folder, 'bin', 'cfn-lint');
  if (await isCfnLint(command, env)) return { command };
  return { missing: `${folder} holds no cfn-lint ${cfnLintVersion}; delete it to have it made anew` };
}

async function isCfnLint(command: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const { stdout } = await run(command, ['--version'], { env });
    return stdout.trim() === `cfn-lint ${cfnLintVersion}`;
  } catch {
    return false;
  }
}
