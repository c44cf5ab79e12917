import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { safeText } from '../../reporters/safe-text.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { writeFiles } from '../outputs.ts';
import type { MadeKit } from './kit.ts';

export interface WriteFlags {
  readonly dir: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/** Writes the files of a kit, all or none; prints them instead with `--dry-run`. Throws UserError `file-exists` before it would overwrite. */
export function writeKit({ files, next }: MadeKit, { dir, force, dryRun }: WriteFlags, io: Io): number {
  if (dryRun === true) {
    io.stdout.write(files.map(({ path, text }) => `==> ${path} <==\n${text}`).join('\n'));
    return exitCode.compliant;
  }
  const placed = files.map((file) => ({ ...file, place: join(dir, file.path) }));
  const open = placed.filter(({ place, text }) => textOf(place) !== text);
  const others = open.filter(({ place }) => textOf(place) !== undefined);
  if (others.length > 0 && force !== true) {
    const names = others.map(({ place }) => place).join(', ');
    throw new UserError('file-exists', `${names} ${others.length === 1 ? 'is' : 'are'} there and differ${others.length === 1 ? 's' : ''}`, {
      hint: '--force overwrites, --dry-run prints what would be written; nothing was written',
    });
  }
  writeFiles(open.map(({ place, text, executable }) => ({ path: place, text, mode: executable === true ? 0o755 : 0o644 })));
  for (const file of placed) io.stderr.write(`${open.includes(file) ? 'wrote' : 'as it was:'} ${safeText(file.place)}\n`);
  if (next.length > 0) io.stderr.write(`\nWhat is left to do:\n${next.map((line) => `  - ${line}\n`).join('')}`);
  return exitCode.compliant;
}

/** Undefined: there is no such file. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UserError('file-unreadable', `cannot read ${path}: ${code}`, { cause: error });
  }
}
