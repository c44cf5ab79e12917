import { code } from './characters.ts';
import { parseTemplate } from './expression.ts';
import type { HclEntry, HclExpression, HclProblem, Span } from './syntax.ts';
import { maxDepth } from './syntax.ts';

/** A JSON value, and the place of the problem that ended the reading if one did. */
export interface JsonRead {
  readonly value: HclExpression;
  readonly problem?: HclProblem;
}

interface Reading {
  readonly text: string;
  at: number;
  depth: number;
  problem?: HclProblem;
}

/**
 * Reads JSON as expressions of HCL, whose strings are templates. The first mistake ends the reading; objects and lists
 * around it keep what was read before, and the value at it is opaque.
 */
export function readJson(text: string): JsonRead {
  const reading: Reading = { text, at: text.charCodeAt(0) === code.byteOrderMark ? 1 : 0, depth: 0 };
  const value = readValue(reading);
  skipSpace(reading);
  if (reading.at < text.length && !reading.problem) note(reading, 'something follows the value');
  return { value, ...(reading.problem ? { problem: reading.problem } : {}) };
}

function readValue(reading: Reading): HclExpression {
  skipSpace(reading);
  const start = reading.at;
  const unit = reading.text.charCodeAt(start);
  if (unit === code.quote) return readString(reading);
  if (unit === code.openBrace || unit === code.openBracket) {
    if (reading.depth >= maxDepth) return mistake(reading, `nested more than ${maxDepth} deep`);
    reading.depth += 1;
    const value = unit === code.openBrace ? readObject(reading) : readArray(reading);
    reading.depth -= 1;
    return value;
  }
  return readWord(reading);
}

function readObject(reading: Reading): HclExpression {
  const start = reading.at;
  const entries: HclEntry[] = [];
  reading.at += 1;
  if (!accept(reading, code.closeBrace)) {
    do {
      skipSpace(reading);
      if (reading.text.charCodeAt(reading.at) !== code.quote) {
        note(reading, 'expected a name in quotes');
        break;
      }
      const key = readString(reading);
      if (reading.problem) break;
      const value = accept(reading, code.colon) ? readValue(reading) : mistake(reading, 'expected ":"');
      entries.push({ key, value, span: { start: key.span.start, end: value.span.end } });
    } while (!reading.problem && accept(reading, code.comma));
    if (!reading.problem && !accept(reading, code.closeBrace)) note(reading, 'expected "," or "}"');
  }
  return { kind: 'object', entries, span: { start, end: reading.at } };
}

function readArray(reading: Reading): HclExpression {
  const start = reading.at;
  const elements: HclExpression[] = [];
  reading.at += 1;
  if (!accept(reading, code.closeBracket)) {
    do elements.push(readValue(reading));
    while (!reading.problem && accept(reading, code.comma));
    if (!reading.problem && !accept(reading, code.closeBracket)) note(reading, 'expected "," or "]"');
  }
  return { kind: 'list', elements, span: { start, end: reading.at } };
}

const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function readWord(reading: Reading): HclExpression {
  const start = reading.at;
  word.lastIndex = start;
  const found = word.exec(reading.text)?.[0];
  if (found === undefined) return mistake(reading, 'expected a value');
  const constant = constants.get(found);
  const value = constant === undefined ? Number(found) : constant;
  reading.at += found.length;
  const span = { start, end: reading.at };
  const isTooLarge = value === Infinity || value === -Infinity;
  return isTooLarge ? { kind: 'opaque', reason: 'a number too large', span } : { kind: 'literal', value, span };
}

/** Up to the closing quote, or undefined. No regular expression: those have a stack, which a long string fills. */
function stringEnd(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote) return at;
    if (unit < code.space) return undefined;
    if (unit === code.backslash) at += 1;
  }
  return undefined;
}

function readString(reading: Reading): HclExpression {
  const { text, at: start } = reading;
  const end = stringEnd(text, start + 1);
  if (end === undefined) return mistake(reading, 'a string is not closed');
  const span = { start, end: end + 1 };
  const written = text.slice(start + 1, end);
  const isPlain = !written.includes('\\');
  const decoded = isPlain ? undefined : decode(written, start + 1);
  if (!isPlain && !decoded) return mistake(reading, 'an escape that JSON does not know');
  reading.at = end + 1;
  const content = decoded?.text ?? written;
  if (!content.includes('{')) return { kind: 'literal', value: content, span };
  const template = decoded ? parseTemplate(content, 0, content.length, decoded.places) : parseTemplate(text, start + 1, end);
  return withSpan(template, span);
}

/** The span of a string has its quotes. */
function withSpan(expression: HclExpression, span: Span): HclExpression {
  return { ...expression, span };
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** What a JSON string means, and where each of its units and its end stand in the file. Undefined for an escape that there is not. */
function decode(written: string, offset: number): { readonly text: string; readonly places: readonly number[] } | undefined {
  const units: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < written.length;) {
    places.push(offset + at);
    const character = written.charAt(at);
    if (character !== '\\') {
      units.push(character);
      at += 1;
      continue;
    }
    const letter = written.charAt(at + 1);
    const hexadecimal = written.slice(at + 2, at + 6);
    const simple = escapes[letter];
    if (simple !== undefined) {
      units.push(simple);
      at += 2;
    } else if (letter === 'u' && /^[\dA-Fa-f]{4}$/.test(hexadecimal)) {
      units.push(String.fromCharCode(parseInt(hexadecimal, 16)));
      at += 6;
    } else return undefined;
  }
  places.push(offset + written.length);
  return { text: units.join(''), places };
}

function skipSpace(reading: Reading): void {
  for (;;) {
    const unit = reading.text.charCodeAt(reading.at);
    if (unit !== code.space && unit !== code.newline && unit !== code.tab && unit !== code.carriageReturn) return;
    reading.at += 1;
  }
}

function accept(reading: Reading, unit: number): boolean {
  skipSpace(reading);
  if (reading.text.charCodeAt(reading.at) !== unit) return false;
  reading.at += 1;
  return true;
}

function note(reading: Reading, message: string): void {
  reading.problem = { message, at: reading.at };
}

function mistake(reading: Reading, message: string): HclExpression {
  note(reading, message);
  return { kind: 'opaque', reason: message, span: { start: reading.at, end: reading.at } };
}
