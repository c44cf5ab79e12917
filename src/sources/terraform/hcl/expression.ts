import { code } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { accept, built, fail, opaque, peek, skipSpace, spanOf, tooDeep } from './cursor.ts';
import { readOperand } from './operand.ts';
import type { HclBinaryOperator, HclExpression } from './syntax.ts';
import { maxDepth } from './syntax.ts';
import { readTemplate } from './template.ts';
import { trimmedEnd } from './skip.ts';

/**
 * Reads the expression between two offsets, all of it: what is left over makes the whole opaque. Never throws, and
 * takes time in proportion to the length.
 */
export function parseExpression(text: string, start: number, end: number): HclExpression {
  const cursor = cursorAt(text, start, end);
  skipSpace(cursor);
  const first = cursor.at;
  const expression = readExpression(cursor);
  skipSpace(cursor);
  if (expression && cursor.at >= end) return expression;
  if (expression) cursor.reason = 'something follows the expression';
  return opaque(cursor, first, trimmedEnd(text, first, end));
}

/** Reads a whole text as a template, as the JSON form does with its strings; `places` of a decoded one. */
export function parseTemplate(text: string, start: number, end: number, places?: readonly number[]): HclExpression {
  const cursor = cursorAt(text, start, end, places);
  return readTemplate(cursor, { kind: 'bare' }, start) ?? opaque(cursor, start, end);
}

function cursorAt(text: string, start: number, end: number, places?: readonly number[]): Cursor {
  return {
    text,
    limit: end,
    expression: readExpression,
    ...(places ? { places } : {}),
    at: start,
    newlineEnds: true,
    depth: 0,
    height: 0,
    reason: '',
  };
}

function readExpression(cursor: Cursor): HclExpression | undefined {
  if (cursor.depth >= maxDepth) return fail(cursor, tooDeep);
  cursor.depth += 1;
  const expression = readConditional(cursor);
  cursor.depth -= 1;
  return expression;
}

function readConditional(cursor: Cursor): HclExpression | undefined {
  skipSpace(cursor);
  const start = cursor.at;
  const test = readBinary(cursor, 1);
  if (!test) return undefined;
  let height = cursor.height;
  let end = cursor.at;
  if (!accept(cursor, code.question)) {
    cursor.at = end;
    return test;
  }
  const then = readExpression(cursor);
  if (!then) return undefined;
  height = Math.max(height, cursor.height);
  if (!accept(cursor, code.colon)) return fail(cursor, 'expected ":" and what holds otherwise');
  const otherwise = readExpression(cursor);
  if (!otherwise) return undefined;
  end = cursor.at;
  return built(cursor, Math.max(height, cursor.height), { kind: 'conditional', test, then, otherwise, span: spanOf(cursor, start, end) });
}

/** How strongly operators bind: those of a line together, later lines more. All group to the left. */
const strengths: readonly (readonly HclBinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['>', '>=', '<', '<='],
  ['+', '-'],
  ['*', '/', '%'],
];
const strength = new Map(strengths.flatMap((operators, index) => operators.map((operator) => [operator, index + 1] as const)));

/** Operands joined by operators of at least this strength. */
function readBinary(cursor: Cursor, least: number): HclExpression | undefined {
  skipSpace(cursor);
  const start = cursor.at;
  let left = readOperand(cursor);
  if (!left) return undefined;
  let height = cursor.height;
  for (;;) {
    const end = cursor.at;
    skipSpace(cursor);
    const operator = operatorAt(cursor);
    const binds = operator === undefined ? 0 : (strength.get(operator) ?? 0);
    if (operator === undefined || binds < least) {
      cursor.at = end;
      cursor.height = height;
      return left;
    }
    cursor.at += operator.length;
    const right = readBinary(cursor, binds + 1);
    if (!right) return undefined;
    left = built(cursor, Math.max(height, cursor.height), {
      kind: 'binary',
      operator,
      left,
      right,
      span: spanOf(cursor, start, cursor.at),
    });
    if (!left) return undefined;
    height = cursor.height;
  }
}

function operatorAt(cursor: Cursor): HclBinaryOperator | undefined {
  const second = peek(cursor, 1);
  switch (peek(cursor)) {
    case code.pipe:
      return second === code.pipe ? '||' : undefined;
    case code.ampersand:
      return second === code.ampersand ? '&&' : undefined;
    case code.equals:
      return second === code.equals ? '==' : undefined;
    case code.bang:
      return second === code.equals ? '!=' : undefined;
    case code.greater:
      return second === code.equals ? '>=' : '>';
    case code.less:
      return second === code.equals ? '<=' : '<';
    case code.plus:
      return '+';
    case code.minus:
      return '-';
    case code.star:
      return '*';
    case code.slash:
      return '/';
    case code.percent:
      return '%';
    default:
      return undefined;
  }
}
