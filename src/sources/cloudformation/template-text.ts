import { UserError, type Diagnostic } from '../../model/errors.ts';

/** The start and the end (exclusive) of something in a text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A template as it was parsed: plain data with the short forms of YAML (`!Ref x`) written out (`{ Ref: x }`). */
export interface ParsedText {
  readonly value: unknown;
  /** Where the value at a path stands, or the nearest that is around it; the key where the value is on lines of its own. */
  readonly span: (path: readonly (string | number)[]) => Span;
}

/** Characters. CloudFormation itself takes 1 MB; what people generate and never deploy may be larger. */
export const largestTemplate = 5 * 1024 * 1024;
/** Levels of maps and lists. */
export const deepest = 120;
/** Maps, lists and values, each alias counted as what it stands for. */
export const mostNodes = 1_000_000;

const bom = '\uFEFF';

/**
 * The text of a file: UTF-8, or UTF-16 as its byte order mark says. Bytes that are neither become U+FFFD, which no
 * template needs.
 */
export function decodeTemplate(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** The text without its byte order mark. Throws UserError `input-invalid` for one that is too large or no text. */
export function checkText(text: string, file: string): string {
  if (text.length > largestTemplate) {
    throw new UserError('input-invalid', `${file} is larger than ${largestTemplate / 1024 / 1024} MiB`, {
      hint: 'CloudFormation takes templates of at most 1 MB',
    });
  }
  const open = text.startsWith(bom) ? text.slice(1) : text;
  const control = open.indexOf('\0');
  if (control === -1) return open;
  throw problemAt(open, control, file, 'it holds a NUL character', 'save the file as UTF-8');
}

/** A mistake at an offset of the text. The message never quotes the text, which may hold a value. */
export function problemAt(text: string, offset: number, file: string, message: string, hint?: string): UserError {
  const { line, column } = lineAndColumn(text, offset);
  const diagnostic: Diagnostic = { severity: 'error', file, line, column, message, ...(hint === undefined ? {} : { hint }) };
  return new UserError('input-invalid', `${file}:${line}:${column}: ${message}`, {
    ...(hint === undefined ? {} : { hint }),
    diagnostics: [diagnostic],
  });
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', start)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: Math.max(1, Math.min(offset, text.length) - start + 1) };
}

/** The part of a span that is on its first line: what a reader is pointed to. */
export function firstLine(text: string, { start, end }: Span): Span {
  const stop = text.slice(start, end).search(/[\r\n]/);
  return { start, end: stop === -1 ? end : start + stop };
}
