import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nearestName } from '../../expressions/nearest-name.ts';
import { UserError } from '../../model/errors.ts';
import type { Io } from '../io.ts';
import type { OpenInput } from './input.ts';

/** Bytes. Node cannot hold a longer text (0x1fffffe8 characters). */
const largest = 512 * 1024 * 1024 - 64;

/** Opens a path, or standard input for `-`. Throws UserError. */
export async function openInput(path: string, io: Io): Promise<OpenInput> {
  if (path === '-') return { shown: 'standard input', path: undefined, content: contentOf(await io.readStdin(), 'standard input') };
  const shown = path.replaceAll('\\', '/').replace(/^\.\/(?=.)/, '');
  return { shown, path, content: readPath(path) };
}

function readPath(path: string): OpenInput['content'] {
  try {
    const facts = statSync(path);
    if (facts.isDirectory()) return { kind: 'folder', names: new Set(readdirSync(path)) };
    // Before it is read: Node cannot even hold what is larger than 2 GiB.
    if (facts.size > largest) throw tooLarge(path);
    return contentOf(readFileSync(path), path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new UserError('file-not-found', `there is no ${path}`, { hint: whatInstead(path), cause: error });
    throw new UserError('file-unreadable', `cannot read ${path}: ${code}`, { cause: error });
  }
}

/** The file beside it whose name is nearest, else what an input can be. */
function whatInstead(path: string): string {
  const nearest = nearestName(basename(path), namesIn(dirname(path)));
  return nearest === undefined
    ? 'name a plan, a template, a saved account, or the folder cdk.out'
    : `did you mean ${join(dirname(path), nearest)}?`;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function contentOf(bytes: Buffer, shown: string): OpenInput['content'] {
  if (bytes.length > largest) throw tooLarge(shown);
  return isText(bytes) ? textContent(bytes.toString('utf8')) : { kind: 'bytes', bytes };
}

function tooLarge(shown: string): UserError {
  return new UserError('input-unsupported', `${shown} is larger than 512 MiB`, {
    hint: 'split the configuration, and scan a plan of each part',
  });
}

/** Told by the beginning: a zip, or the byte order mark of UTF-16, which PowerShell writes. */
function isText(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  const zip = first === 0x50 && second === 0x4b && third === 3 && fourth === 4;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !zip && !utf16;
}

function textContent(given: string): OpenInput['content'] {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
  return { kind: 'text', text, json: /^\s*[[{]/.test(text) ? parse(text) : undefined };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a value.
    return undefined;
  }
}
