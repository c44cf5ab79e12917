import { readFileSync } from 'node:fs';
import { validate } from '#generated/validate-findings.js';
import { UserError } from '../model/errors.ts';
import type { ScanResult } from '../model/scan-result.ts';
import { safeText } from '../reporters/safe-text.ts';
import { isPlainObject } from '../resources/decode.ts';
import type { Io } from './io.ts';

const makeOne = 'make one with sealcheck scan … -f json=findings.json';

/** Reads a saved result; `-` is standard input. Throws UserError for what is none, is of another version, or was changed. */
export async function readResult(path: string, io: Io): Promise<ScanResult> {
  const name = path === '-' ? 'standard input' : path;
  const json = parse(await read(path, io));
  if (!isPlainObject(json) || json['schemaVersion'] === undefined) {
    throw new UserError('input-invalid', `${name} is not a result of sealcheck`, { hint: makeOne });
  }
  if (json['schemaVersion'] !== 1) {
    const version = typeof json['schemaVersion'] === 'number' ? ` ${String(json['schemaVersion'])}` : '';
    throw new UserError('input-unsupported', `${name} has schema version${version}, and this version of sealcheck reads 1`, {
      hint: 'use the version of sealcheck that wrote it, or scan again',
    });
  }
  if (!validate(json)) throw new UserError('input-invalid', `${name} is not as sealcheck wrote it: ${firstProblem()}`, { hint: makeOne });
  return json as unknown as ScanResult;
}

async function read(path: string, io: Io): Promise<string> {
  if (path === '-') return (await io.readStdin()).toString('utf8');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT') throw new UserError('file-not-found', `there is no ${path}`, { hint: makeOne, cause: error });
    throw new UserError('file-unreadable', `cannot read ${path}: ${code}`, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    return undefined;
  }
}

/** Where the first mistake is and what it is, without quoting what stands there. */
function firstProblem(): string {
  const [error] = (validate.errors ?? []) as readonly { readonly instancePath: string; readonly message?: string }[];
  if (error === undefined) return 'it does not match its schema';
  const place = error.instancePath
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`), '');
  return `${place === '' ? 'it' : safeText(place)} ${error.message ?? 'is not right'}`;
}
