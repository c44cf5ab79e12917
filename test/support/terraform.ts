import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { findProgram } from './find-program.ts';

const run = promisify(execFile);

/** Terraform with an AWS provider that it can initialise without the network. */
export interface Terraform {
  /** Runs a command in a folder and returns its standard output. Rejects when it fails. */
  readonly run: (folder: string, ...args: readonly string[]) => Promise<string>;
}

/**
 * A group of tests with Terraform, where it is on the machine together with a filesystem mirror of the AWS provider in a
 * folder called tf-plugins. It comes from no package registry, so where it is not there the tests are skipped, loudly, in CI too.
 */
export function describeWithTerraform(name: string, body: (terraform: Terraform) => void): void {
  const program = findProgram('terraform');
  const mirror = findMirror();
  if (program === undefined || mirror === undefined) {
    const missing = program === undefined ? 'terraform is not on the PATH' : 'there is no folder tf-plugins with the AWS provider';
    console.warn(`SKIPPED, the tests with Terraform cannot run: ${missing}`);
    describe.skip(name, () => {
      body({ run: () => Promise.reject(new Error(missing)) });
    });
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'sealcheck-terraform-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'terraform.rc');
  writeFileSync(config, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: config,
    AWS_EC2_METADATA_DISABLED: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
  describe(name, () => {
    body({
      run: async (cwd, ...args) => {
        const { stdout } = await run(program, [...args], { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: 240_000 });
        return stdout;
      },
    });
  });
}

/** In the usual places for software beside the system, and in the folders above this one. */
function findMirror(): string | undefined {
  const places = ['/opt', '/usr/local', '/usr/local/share', '/usr/share'];
  for (let folder = process.cwd(); folder !== dirname(folder); folder = dirname(folder)) places.push(folder);
  return places.map((place) => join(place, 'tf-plugins')).find((path) => existsSync(path) && holdsProvider(path));
}

function holdsProvider(path: string): boolean {
  return readdirSync(path).some((host) => existsSync(join(path, host, 'hashicorp/aws')));
}
