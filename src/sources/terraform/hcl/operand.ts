import { code, isDigit, nameEnd } from './characters.ts';
import { readFor, startsFor } from './for.ts';
import { readList, readObject } from './collections.ts';
import type { Cursor } from './cursor.ts';
import { accept, acceptSign, built, fail, peek, recover, skipSpace, spanOf, tooDeep, withNewlines } from './cursor.ts';
import type { HclExpression } from './syntax.ts';
import { maxDepth } from './syntax.ts';
import { readTemplate } from './template.ts';
import { heredocStart } from './template-text.ts';

/** A term with what is taken from it: `a.b[0]`, `f(x)[*].y`, `-a.b`. */
export function readOperand(cursor: Cursor): HclExpression | undefined {
  skipSpace(cursor);
  const start = cursor.at;
  const term = readTerm(cursor);
  return term && readSteps(cursor, term, start);
}

function readTerm(cursor: Cursor): HclExpression | undefined {
  const start = cursor.at;
  const unit = peek(cursor);
  switch (unit) {
    case code.quote:
      cursor.at += 1;
      return readTemplate(cursor, { kind: 'quoted' }, start);
    case code.less: {
      const heredoc = heredocStart(cursor.text, start, cursor.limit);
      if (!heredoc) break;
      cursor.at = heredoc.textStart;
      return readTemplate(cursor, { kind: 'heredoc', marker: heredoc.marker, flush: heredoc.flush }, start);
    }
    case code.openParenthesis:
      return readParentheses(cursor);
    case code.openBracket:
      return startsFor(cursor) ? readFor(cursor) : readList(cursor);
    case code.openBrace:
      return startsFor(cursor) ? readFor(cursor) : readObject(cursor);
    case code.minus:
    case code.bang:
      return readUnary(cursor, unit === code.minus ? '-' : '!');
  }
  if (isDigit(unit)) return readNumber(cursor);
  const end = nameEnd(cursor.text, start, cursor.limit);
  if (end === start) return fail(cursor, 'expected a value');
  return readNamed(cursor, end);
}

function readParentheses(cursor: Cursor): HclExpression | undefined {
  const start = cursor.at;
  cursor.at += 1;
  return withNewlines(cursor, false, () => {
    skipSpace(cursor);
    const first = cursor.at;
    const inner = cursor.expression(cursor);
    const closes = inner !== undefined && accept(cursor, code.closeParenthesis);
    if (inner && !closes) cursor.reason = 'expected ")"';
    const content = closes ? inner : recover(cursor, first, { comma: false });
    if (!closes && !accept(cursor, code.closeParenthesis)) return undefined;
    return built(cursor, cursor.height, { kind: 'parentheses', inner: content, span: spanOf(cursor, start, cursor.at) });
  });
}

function readUnary(cursor: Cursor, operator: '-' | '!'): HclExpression | undefined {
  const start = cursor.at;
  if (cursor.depth >= maxDepth) return fail(cursor, tooDeep);
  cursor.at += 1;
  cursor.depth += 1;
  const operand = readOperand(cursor);
  cursor.depth -= 1;
  return operand && built(cursor, cursor.height, { kind: 'unary', operator, operand, span: spanOf(cursor, start, cursor.at) });
}

const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readNumber(cursor: Cursor): HclExpression | undefined {
  const start = cursor.at;
  number.lastIndex = start;
  const value = Number(number.exec(cursor.text)?.[0]);
  if (!Number.isFinite(value)) return fail(cursor, 'a number too large');
  cursor.at = number.lastIndex;
  return built(cursor, 0, { kind: 'literal', value, span: spanOf(cursor, start, cursor.at) });
}

const keywords: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A call, a keyword or a variable: what begins with the name that ends at `end`. */
function readNamed(cursor: Cursor, end: number): HclExpression | undefined {
  const { text, at: start } = cursor;
  let name = text.slice(start, end);
  cursor.at = end;
  skipSpace(cursor);
  while (acceptSign(cursor, '::')) {
    skipSpace(cursor);
    const partEnd = nameEnd(text, cursor.at, cursor.limit);
    if (partEnd === cursor.at) return fail(cursor, 'expected the name of a function');
    name += `::${text.slice(cursor.at, partEnd)}`;
    cursor.at = partEnd;
    skipSpace(cursor);
  }
  if (peek(cursor) === code.openParenthesis) return readCall(cursor, name, start);
  if (name.includes(':')) return fail(cursor, 'expected "(" after the name of a function');
  cursor.at = end;
  const span = spanOf(cursor, start, end);
  const value = keywords.get(name);
  return built(cursor, 0, value === undefined ? { kind: 'variable', name, span } : { kind: 'literal', value, span });
}

function readCall(cursor: Cursor, name: string, start: number): HclExpression | undefined {
  cursor.at += 1;
  return withNewlines(cursor, false, () => {
    const args: HclExpression[] = [];
    let expand = false;
    let height = 0;
    while (!accept(cursor, code.closeParenthesis)) {
      const first = cursor.at;
      let arg = cursor.expression(cursor);
      if (arg) {
        skipSpace(cursor);
        expand = acceptSign(cursor, '...');
        skipSpace(cursor);
        const next = peek(cursor);
        if (next !== code.closeParenthesis && (expand || next !== code.comma)) {
          arg = fail(cursor, 'expected "," or ")"');
        }
      }
      args.push(arg ?? recover(cursor, first, { comma: true }));
      height = Math.max(height, cursor.height);
      if (accept(cursor, code.comma)) continue;
      if (peek(cursor) !== code.closeParenthesis) return fail(cursor, 'a "(" is not closed');
    }
    return built(cursor, height, { kind: 'call', name, args, expand, span: spanOf(cursor, start, cursor.at) });
  });
}

/** Attributes, indexes and splats after `from`, which begins at `start`. */
function readSteps(cursor: Cursor, from: HclExpression, start: number): HclExpression | undefined {
  let target: HclExpression | undefined = from;
  let end = cursor.at;
  for (;;) {
    skipSpace(cursor);
    const unit = peek(cursor);
    if (unit === code.openBracket) target = readBracket(cursor, target, start);
    else if (unit === code.dot && peek(cursor, 1) !== code.dot) target = readDot(cursor, target, start);
    else {
      // What follows the expression is left as it is found, white space too: a span ends with the last step.
      cursor.at = end;
      return target;
    }
    if (!target) return undefined;
    end = cursor.at;
  }
}

function readDot(cursor: Cursor, target: HclExpression, start: number): HclExpression | undefined {
  const dot = cursor.at;
  const { height } = cursor;
  cursor.at += 1;
  skipSpace(cursor);
  if (acceptSign(cursor, '*')) return readOldSplat(cursor, target, start, dot);
  return readPlainStep(cursor, target, start, height);
}

/** A name, or a number as an old way to write an index. */
function readPlainStep(cursor: Cursor, target: HclExpression, start: number, height: number): HclExpression | undefined {
  const first = cursor.at;
  while (isDigit(peek(cursor))) cursor.at += 1;
  if (cursor.at > first) {
    const value = Number(cursor.text.slice(first, cursor.at));
    if (!Number.isFinite(value)) return fail(cursor, 'a number too large');
    const index: HclExpression = { kind: 'literal', value, span: spanOf(cursor, first, cursor.at) };
    return built(cursor, height, { kind: 'index', target, index, span: spanOf(cursor, start, cursor.at) });
  }
  const end = nameEnd(cursor.text, first, cursor.limit);
  if (end === first) return fail(cursor, 'expected a name after "."');
  cursor.at = end;
  return built(cursor, height, { kind: 'attribute', target, name: cursor.text.slice(first, end), span: spanOf(cursor, start, end) });
}

/** After `.*` only names belong to each element; what comes in brackets is taken from the list that results. */
function readOldSplat(cursor: Cursor, target: HclExpression, start: number, mark: number): HclExpression | undefined {
  const targetHeight = cursor.height;
  let end = cursor.at;
  let each: HclExpression | undefined = { kind: 'item', span: spanOf(cursor, mark, end) };
  let height = 1;
  for (;;) {
    skipSpace(cursor);
    if (peek(cursor) !== code.dot || peek(cursor, 1) === code.dot) break;
    cursor.at += 1;
    skipSpace(cursor);
    each = readPlainStep(cursor, each, mark, height);
    if (!each) return undefined;
    height = cursor.height;
    end = cursor.at;
  }
  cursor.at = end;
  return built(cursor, Math.max(targetHeight, height), { kind: 'splat', target, each, span: spanOf(cursor, start, end) });
}

function readBracket(cursor: Cursor, target: HclExpression, start: number): HclExpression | undefined {
  const open = cursor.at;
  const { height } = cursor;
  if (acceptSplatMark(cursor)) return readSplat(cursor, target, start, open);
  cursor.at = open + 1;
  return withNewlines(cursor, false, () => {
    skipSpace(cursor);
    const first = cursor.at;
    let index = cursor.expression(cursor);
    if (index && !accept(cursor, code.closeBracket)) index = fail(cursor, 'expected "]"');
    if (!index) {
      index = recover(cursor, first, { comma: false });
      if (!accept(cursor, code.closeBracket)) return undefined;
    }
    return built(cursor, Math.max(height, cursor.height), { kind: 'index', target, index, span: spanOf(cursor, start, cursor.at) });
  });
}

function acceptSplatMark(cursor: Cursor): boolean {
  return withNewlines(cursor, false, () => {
    cursor.at += 1;
    return accept(cursor, code.star) && accept(cursor, code.closeBracket);
  });
}

/** After `[*]` every further step belongs to each element. */
function readSplat(cursor: Cursor, target: HclExpression, start: number, mark: number): HclExpression | undefined {
  const { height } = cursor;
  if (cursor.depth >= maxDepth) return fail(cursor, tooDeep);
  cursor.depth += 1;
  cursor.height = 1;
  const each = readSteps(cursor, { kind: 'item', span: spanOf(cursor, mark, cursor.at) }, mark);
  cursor.depth -= 1;
  return each && built(cursor, Math.max(height, cursor.height), { kind: 'splat', target, each, span: spanOf(cursor, start, cursor.at) });
}
