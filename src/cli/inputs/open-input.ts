import { readdirSync, readFileSync, statSync } from 'node:fs';
import { UserError } from '../../model/errors.ts';
import type { Io } from '../io.ts';
import type { OpenInput } from './input.ts';

/** Bytes. Node cannot hold a longer text (0x1fffffe8 characters). */
const largest = 512 * 1024 * 1024 - 64;

/** Opens a path, or standard input for `-`. Throws UserError. */
export async function openInput(path: string, io: Io): Promise<OpenInput> {
  if (path === '-') return { shown: 'standard input', path: undefined, content: textContent(await io.readStdin()) };
  const shown = path.replaceAll('\\', '/').replace(/^\.\/(?=.)/, '');
  return { shown, path, content: readPath(path) };
}

function readPath(path: string): OpenInput['content'] {
  try {
    const { size } = statSync(path);
    if (statSync(path).isDirectory()) return { kind: 'folder', names: new Set(readdirSync(path)) };
    if (size > largest) {
      throw new UserError('input-unsupported', `${path} is larger than 512 MiB`, {
        hint: 'split the configuration, and scan a plan of each part',
      });
    }
    const bytes = readFileSync(path);
    return isText(bytes) ? textContent(bytes.toString('utf8')) : { kind: 'bytes', bytes };
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UserError('file-not-found', `there is no ${path}`, { cause: error });
    throw new UserError('file-unreadable', `cannot read ${path}: ${code}`, { cause: error });
  }
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
