import { code, isBlank, nameEnd } from './characters.ts';
import { commentEnd } from './comment.ts';
import type { Cursor } from './cursor.ts';
import { accept, acceptSign, built, fail, opaque, peek, recover, skipSpace, spanOf, withNewlines } from './cursor.ts';
import type { HclExpression } from './syntax.ts';

/** Whether the first thing after the bracket at the cursor is `for`: then it is no list and no object. */
export function startsFor(cursor: Cursor): boolean {
  const { text, limit } = cursor;
  let at = cursor.at + 1;
  while (at < limit) {
    const unit = text.charCodeAt(at);
    const end = isBlank(unit) || unit === code.newline ? at + 1 : commentEnd(text, at, limit);
    if (end === at) break;
    at = end;
  }
  return text.startsWith('for', at) && nameEnd(text, at, limit) === at + 3;
}

/** The `for` expression whose bracket is at the cursor; all of it is opaque when a part is not understood. */
export function readFor(cursor: Cursor): HclExpression | undefined {
  const start = cursor.at;
  const isObject = peek(cursor) === code.openBrace;
  const close = isObject ? code.closeBrace : code.closeBracket;
  cursor.at += 1;
  return withNewlines(cursor, false, () => {
    const parts = readParts(cursor, isObject);
    if (parts && accept(cursor, close)) return built(cursor, cursor.height, { ...parts, span: spanOf(cursor, start, cursor.at) });
    if (parts) cursor.reason = 'something follows the "for" expression';
    recover(cursor, start, { comma: false });
    return accept(cursor, close) ? opaque(cursor, start, cursor.at) : undefined;
  });
}

type ForParts = Omit<Extract<HclExpression, { kind: 'for' }>, 'span'>;

function readParts(cursor: Cursor, isObject: boolean): ForParts | undefined {
  acceptWord(cursor, 'for');
  const first = readName(cursor);
  const second = accept(cursor, code.comma) ? readName(cursor) : undefined;
  if (first === '' || second === '' || !acceptWord(cursor, 'in')) return fail(cursor, 'expected names and "in" after "for"');
  let height = 0;
  const part = (): HclExpression | undefined => {
    const expression = cursor.expression(cursor);
    height = Math.max(height, cursor.height);
    return expression;
  };

  const collection = part();
  if (!collection) return undefined;
  if (!accept(cursor, code.colon)) return fail(cursor, 'expected ":" after the collection of "for"');
  const keyOrValue = part();
  if (!keyOrValue) return undefined;
  skipSpace(cursor);
  if (acceptSign(cursor, '=>') !== isObject) return fail(cursor, isObject ? 'expected "=>"' : 'a list has no "=>"');
  const value = isObject ? part() : keyOrValue;
  if (!value) return undefined;
  skipSpace(cursor);
  const grouped = isObject && acceptSign(cursor, '...');
  let condition: HclExpression | undefined;
  if (acceptWord(cursor, 'if')) {
    condition = part();
    if (!condition) return undefined;
  }
  cursor.height = height;
  return {
    kind: 'for',
    ...(second === undefined ? {} : { keyVar: first }),
    valueVar: second ?? first,
    collection,
    ...(isObject ? { key: keyOrValue } : {}),
    value,
    ...(condition ? { condition } : {}),
    grouped,
  };
}

/** The name at the cursor, passed over; empty where there is none. */
function readName(cursor: Cursor): string {
  skipSpace(cursor);
  const start = cursor.at;
  cursor.at = nameEnd(cursor.text, start, cursor.limit);
  return cursor.text.slice(start, cursor.at);
}

function acceptWord(cursor: Cursor, word: string): boolean {
  skipSpace(cursor);
  if (nameEnd(cursor.text, cursor.at, cursor.limit) !== cursor.at + word.length) return false;
  return acceptSign(cursor, word);
}
