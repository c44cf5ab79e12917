import { code, isBlank } from './characters.ts';
import { commentEnd } from './comment.ts';
import { skip, trimmedEnd } from './skip.ts';
import type { HclExpression, HclOpaque, Span } from './syntax.ts';
import { maxDepth } from './syntax.ts';

/** A reader of something. Undefined: it is not there, `reason` says why and `at` is where reading stopped. */
export type Reader = (cursor: Cursor) => HclExpression | undefined;

/** Where the reading of one expression is. It lives as long as that reading. */
export interface Cursor {
  readonly text: string;
  /** No character from here on belongs to the expression. */
  readonly limit: number;
  /** Reads a whole expression. The parts of the grammar call each other in a circle, which modules may not: it is closed here. */
  readonly expression: Reader;
  /** For a text that was decoded first: the place in the file of each of its units, and of its end. Absent: the text is the file's. */
  readonly places?: readonly number[];
  at: number;
  /** Whether a newline ends the expression here: outside of all brackets, and in an object. */
  newlineEnds: boolean;
  /** Expressions that are being read, one inside the other. */
  depth: number;
  /** Nodes from root to leaf of the expression that was read last. */
  height: number;
  reason: string;
}

/** The character at the cursor; -1 at the limit. */
export function peek(cursor: Cursor, ahead = 0): number {
  const at = cursor.at + ahead;
  return at < cursor.limit ? cursor.text.charCodeAt(at) : -1;
}

/** Passes over white space and comments, and over newlines where they mean nothing. */
export function skipSpace(cursor: Cursor): void {
  while (cursor.at < cursor.limit) {
    const unit = cursor.text.charCodeAt(cursor.at);
    if (isBlank(unit) || (unit === code.newline && !cursor.newlineEnds)) {
      cursor.at += 1;
    } else if (unit === code.hash || unit === code.slash) {
      const end = commentEnd(cursor.text, cursor.at, cursor.limit);
      if (end === cursor.at) return;
      cursor.at = end;
    } else return;
  }
}

/** Passes over white space and then `unit`; false and only the white space passed if it is not there. */
export function accept(cursor: Cursor, unit: number): boolean {
  skipSpace(cursor);
  if (peek(cursor) !== unit) return false;
  cursor.at += 1;
  return true;
}

/** Passes over `sign` if it is at the cursor. */
export function acceptSign(cursor: Cursor, sign: string): boolean {
  if (cursor.at + sign.length > cursor.limit || !cursor.text.startsWith(sign, cursor.at)) return false;
  cursor.at += sign.length;
  return true;
}

export function spanOf(cursor: Cursor, start: number, end: number): Span {
  const { places } = cursor;
  return places ? { start: places[start] ?? 0, end: places[end] ?? 0 } : { start, end };
}

export function fail(cursor: Cursor, reason: string): undefined {
  cursor.reason = reason;
  return undefined;
}

/** `node` as what was read, one above its highest child; a failure when the tree would be too deep. */
export function built(cursor: Cursor, childHeight: number, node: HclExpression): HclExpression | undefined {
  if (childHeight >= maxDepth) return fail(cursor, tooDeep);
  cursor.height = childHeight + 1;
  return node;
}

export const tooDeep = `nested more than ${maxDepth} deep`;

/** Runs `read` where newlines mean nothing, or do. */
export function withNewlines<T>(cursor: Cursor, newlineEnds: boolean, read: () => T): T {
  const before = cursor.newlineEnds;
  cursor.newlineEnds = newlineEnds;
  const result = read();
  cursor.newlineEnds = before;
  return result;
}

/** Goes to the end of a part that failed, and returns it from `start` as what was not understood. */
export function recover(cursor: Cursor, start: number, separators: { readonly comma: boolean }): HclOpaque {
  const { stop } = skip(cursor.text, cursor.at, cursor.limit, { newline: cursor.newlineEnds, comma: separators.comma });
  cursor.at = stop;
  cursor.height = 1;
  return opaque(cursor, start, trimmedEnd(cursor.text, start, stop));
}

export function opaque(cursor: Cursor, start: number, end: number): HclOpaque {
  return { kind: 'opaque', reason: cursor.reason, span: spanOf(cursor, start, end) };
}
