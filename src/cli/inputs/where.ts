import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { InputFlags } from './input.ts';

/** A path as findings show it: relative to the working directory, with `/`; `.` for that itself. */
export function shownPath(path: string): string {
  return posix(relative('', path));
}

/**
 * What the identity of findings is relative to: the path below the top of the git checkout, so that it is the same on every
 * machine; without one, below the working directory. `.` for that itself.
 */
export function identityRoot(path: string): string {
  const full = resolve(path);
  const below = relative(gitTop(full) ?? resolve('.'), full);
  // Of a place beside the working directory only its own name is the same on every machine.
  return below.startsWith('..') || isAbsolute(below) ? basename(full) : posix(below);
}

/** The top of the git checkout that a folder is in. */
export function gitTop(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The region that code goes to where it does not say: `--region`, if it names one. */
export function onlyRegion({ region = [] }: InputFlags): string | undefined {
  return region.length === 1 && region[0] !== 'all' ? region[0] : undefined;
}

/** Whether a folder holds Terraform files. */
export function holdsCode(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => /\.(tf|tofu)(\.json)?$/.test(name));
  } catch {
    return false;
  }
}

function posix(path: string): string {
  return path === '' ? '.' : path.split(sep).join('/');
}
