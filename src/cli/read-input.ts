import { readFileSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import { isPlainObject } from '../resources/decode.ts';
import { readSnapshot, snapshotKind, type Snapshot } from '../sources/snapshot/snapshot.ts';
import type { Io } from './io.ts';

/** Reads a saved account from a file, or from standard input for `-`. The kind is told by the content. Throws UserError. */
export async function readInput(path: string, io: Io): Promise<Snapshot> {
  const shown = path === '-' ? 'standard input' : path;
  const text = path === '-' ? await io.readStdin() : readText(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a value.
    throw new UserError('input-invalid', `${shown} is not JSON`, { hint: 'name an account saved with sealcheck collect --aws -o FILE' });
  }
  if (isPlainObject(json) && json['kind'] === snapshotKind) return readSnapshot(json, shown);
  const kind = guessKind(json);
  const hint = 'this version judges live accounts (--aws) and accounts saved with sealcheck collect';
  throw new UserError('input-unsupported', `${shown} is ${kind}`, { hint });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT') throw new UserError('file-not-found', `there is no ${path}`, { cause: error });
    if (code === 'EISDIR')
      throw new UserError('input-unsupported', `${path} is a folder`, {
        hint: 'name an account saved with sealcheck collect --aws -o FILE',
        cause: error,
      });
    throw new UserError('file-unreadable', `cannot read ${path}: ${code}`, { cause: error });
  }
}

function guessKind(json: unknown): string {
  if (!isPlainObject(json)) return 'JSON, but not a saved account';
  if ('terraform_version' in json && 'planned_values' in json) return 'a Terraform plan, which this version does not judge yet';
  if ('Resources' in json) return 'a CloudFormation template, which this version does not judge yet';
  if ('schemaVersion' in json && 'findings' in json) return 'a result of sealcheck, not an account';
  return 'JSON, but not a saved account';
}
