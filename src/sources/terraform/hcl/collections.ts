import { code } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { accept, built, fail, peek, recover, skipSpace, spanOf, withNewlines } from './cursor.ts';
import type { HclEntry, HclExpression } from './syntax.ts';

/** `[a, b]`; an element that is not understood is opaque and the others are not. */
export function readList(cursor: Cursor): HclExpression | undefined {
  const start = cursor.at;
  cursor.at += 1;
  return withNewlines(cursor, false, () => {
    const elements: HclExpression[] = [];
    let height = 0;
    while (!accept(cursor, code.closeBracket)) {
      const first = cursor.at;
      let element = cursor.expression(cursor);
      if (element) {
        skipSpace(cursor);
        const next = peek(cursor);
        if (next !== code.comma && next !== code.closeBracket) element = fail(cursor, 'expected "," or "]"');
      }
      elements.push(element ?? recover(cursor, first, { comma: true }));
      height = Math.max(height, cursor.height);
      if (accept(cursor, code.comma)) continue;
      if (peek(cursor) !== code.closeBracket) return fail(cursor, 'a "[" is not closed');
    }
    return built(cursor, height, { kind: 'list', elements, span: spanOf(cursor, start, cursor.at) });
  });
}

/** `{ a = b }`; an entry that is not understood is opaque and the others are not. */
export function readObject(cursor: Cursor): HclExpression | undefined {
  const start = cursor.at;
  cursor.at += 1;
  return withNewlines(cursor, true, () => {
    const entries: HclEntry[] = [];
    let height = 0;
    for (;;) {
      skipSpace(cursor);
      const unit = peek(cursor);
      if (unit === code.newline || unit === code.comma) {
        cursor.at += 1;
        continue;
      }
      if (unit === code.closeBrace) break;
      if (unit === -1 || unit === code.closeBracket || unit === code.closeParenthesis) return fail(cursor, 'a "{" is not closed');
      entries.push(readEntry(cursor));
      height = Math.max(height, cursor.height);
    }
    cursor.at += 1;
    return built(cursor, height, { kind: 'object', entries, span: spanOf(cursor, start, cursor.at) });
  });
}

function readEntry(cursor: Cursor): HclEntry {
  const start = cursor.at;
  const keyOrVariable = cursor.expression(cursor);
  if (!keyOrVariable) return unreadEntry(cursor, start);
  const key = asKey(cursor, keyOrVariable, start);
  const keyHeight = cursor.height;
  if (!accept(cursor, code.equals) && !accept(cursor, code.colon)) {
    cursor.reason = 'expected "=" or ":" after the key of an object';
    return unreadEntry(cursor, start);
  }
  skipSpace(cursor);
  const first = cursor.at;
  let value = cursor.expression(cursor);
  if (value) {
    const end = cursor.at;
    skipSpace(cursor);
    if (endsEntry(peek(cursor))) {
      cursor.height = Math.max(keyHeight, cursor.height);
      return { key, value, span: spanOf(cursor, start, end) };
    }
    cursor.reason = 'expected "," or a new line';
  }
  value = recover(cursor, first, { comma: true });
  cursor.height = keyHeight;
  // An opaque value may be empty, with the newline at once; its end is the end of the entry all the same.
  return { key, value, span: { start: spanOf(cursor, start, start).start, end: value.span.end } };
}

function endsEntry(unit: number): boolean {
  return unit === code.comma || unit === code.newline || unit === code.closeBrace;
}

function unreadEntry(cursor: Cursor, start: number): HclEntry {
  const value = recover(cursor, start, { comma: true });
  return { key: value, value, span: value.span };
}

/** As a key a bare name stands for its own text. */
function asKey(cursor: Cursor, key: HclExpression, start: number): HclExpression {
  if (key.kind === 'variable') return { kind: 'literal', value: key.name, span: key.span };
  if (key.kind === 'literal' && typeof key.value === 'boolean') return { ...key, value: cursor.text.slice(start, cursor.at) };
  return key;
}
