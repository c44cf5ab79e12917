import type { BinaryOperator } from '../model/expression.ts';
import { bool, int, list, string, type ListShape } from '../resources/shape.ts';
import { celTypeName, duration, type ExpressionType } from './expression-type.ts';

/** The type of `[]`, which goes with every list. Its elements are never looked at, since there are none. */
export const emptyList: ListShape = list({ ...string });

/** The one type that two values have together; undefined when they differ. */
export function unify(a: ExpressionType, b: ExpressionType): ExpressionType | undefined {
  if (a === emptyList && b.kind === 'list') return b;
  if (b === emptyList && a.kind === 'list') return a;
  if (a.kind === 'list' && b.kind === 'list') {
    const element = unify(a.element, b.element);
    return element && element.kind !== 'duration' ? list(element) : undefined;
  }
  return celTypeName(a) === celTypeName(b) ? a : undefined;
}

/**
 * The type of `left op right`; undefined when the operator does not take them. Checked here and not left to the
 * library, whose check lets through what our evaluator does not do (`[] + [1]`, a duration plus a time).
 */
export function binaryType(op: BinaryOperator, left: ExpressionType, right: ExpressionType): ExpressionType | undefined {
  switch (op) {
    case '==':
    case '!=':
      return unify(left, right) ? bool : undefined;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return left.kind === right.kind && ordered.has(left.kind) ? bool : undefined;
    case 'in':
      if (right.kind === 'map') return left.kind === 'string' ? bool : undefined;
      return right.kind === 'list' && (right === emptyList || unify(left, right.element)) ? bool : undefined;
    case '+':
      return sumType(left, right);
    case '-':
      if (left.kind === 'timestamp') return right.kind === 'timestamp' ? duration : right.kind === 'duration' ? left : undefined;
      return left.kind === right.kind && (left.kind === 'int' || left.kind === 'duration') ? left : undefined;
    case '*':
      return left.kind === 'int' && right.kind === 'int' ? int : undefined;
    default:
      return op satisfies never;
  }
}

const ordered = new Set<ExpressionType['kind']>(['int', 'string', 'bool', 'timestamp', 'duration']);

function sumType(left: ExpressionType, right: ExpressionType): ExpressionType | undefined {
  // The library calls a duration plus a time a duration; the sum is a time, whichever comes first.
  if (left.kind === 'timestamp' || right.kind === 'timestamp') {
    if (left.kind === 'duration') return right;
    return right.kind === 'duration' ? left : undefined;
  }
  if (left.kind === 'list') return unify(left, right);
  return left.kind === right.kind && (left.kind === 'int' || left.kind === 'string' || left.kind === 'duration') ? left : undefined;
}

/** Whether `==` and `in` may look at such values: not at objects and maps, which have no identity that a policy could mean. */
export function isComparable(type: ExpressionType): boolean {
  if (type.kind === 'object' || type.kind === 'map') return false;
  return type.kind === 'list' ? isComparable(type.element) : true;
}
