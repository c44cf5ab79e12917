import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unreachable } from './install.mjs';

/** The package as people get it: packed from a checkout that is built, and installed into a project that has nothing else. */
export interface Installed {
  /** The folder of the project, with `node_modules` and a package.json. */
  readonly project: string;
  readonly facts: PackageFacts;
}

/** Sizes are sums of the lengths of files, in bytes. */
export interface PackageFacts {
  readonly packed: number;
  readonly unpacked: number;
  /** All of node_modules. */
  readonly installed: number;
  /** Packages that ours names. */
  readonly direct: number;
  /** All packages that come with it, without ours. */
  readonly all: number;
}

/** There is no package registry to install from. */
export class RegistryUnreachable extends Error {}

/** Packs and installs below the folder, which takes some ten seconds. Throws RegistryUnreachable; another Error where npm fails otherwise. */
export function installPacked(root: string, folder: string): Installed {
  const packed = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root)) as readonly {
    readonly filename: string;
    readonly size: number;
    readonly unpackedSize: number;
  }[];
  const [tarball] = packed;
  if (tarball === undefined) throw new Error('npm pack made nothing');
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  const quick = ['--prefer-offline', '--fetch-retry-mintimeout=200', '--fetch-retry-maxtimeout=1000'];
  npm(['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', ...quick, join(folder, tarball.filename)], project);
  const modules = join(project, 'node_modules');
  const { dependencies } = readJson(join(modules, 'sealcheck/package.json')) as { readonly dependencies: object };
  const { packages } = readJson(join(modules, '.package-lock.json')) as { readonly packages: object };
  const facts = {
    packed: tarball.size,
    unpacked: tarball.unpackedSize,
    installed: sizeOf(modules),
    direct: Object.keys(dependencies).length,
    all: Object.keys(packages).length - 1,
  };
  return { project, facts };
}

/** The sentence of the README. */
export function describeFacts({ packed, unpacked, installed, direct, all }: PackageFacts): string {
  return `The package has ${megabytes(packed)} packed and ${megabytes(unpacked)} unpacked; installed with its ${direct} dependencies, which are ${all} packages in all, ${megabytes(installed)}.`;
}

/** Decimal, as npm counts, with two digits that count. */
function megabytes(bytes: number): string {
  return `${Number((bytes / 1e6).toPrecision(2))} MB`;
}

/** npm hands what it was started with to its children; this one stands for somebody who starts it afresh, with their registry and cache. */
function npm(args: readonly string[], cwd: string): string {
  const inherited = /^npm_(package_|lifecycle_|config_(local|global)_prefix$)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
  try {
    return execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    if (unreachable.test(said)) throw new RegistryUnreachable(said.split('\n', 4).join('\n'), { cause: error });
    throw new Error(`npm ${args.join(' ')} failed: ${said}`, { cause: error });
  }
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
