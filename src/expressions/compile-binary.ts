import type { BinaryOperator, Expression } from '../model/expression.ts';
import { equals } from './equality.ts';
import { charge, type Budget, type CompilePart, type Evaluate } from './evaluation.ts';
import { Failure, isOpen, merge, type Open } from './open-value.ts';

type BinaryExpression = Extract<Expression, { op: BinaryOperator }>;

/** Operators that need both sides. Numbers are compared directly; everything else takes the slower road. */
export function compileBinary(expression: BinaryExpression, compile: CompilePart): Evaluate {
  const left = compile(expression.left);
  const right = compile(expression.right);
  switch (expression.op) {
    case '==':
      return (frame) => equals(left(frame), right(frame), frame);
    case '!=':
      return (frame) => {
        const same = equals(left(frame), right(frame), frame);
        return typeof same === 'boolean' ? !same : same;
      };
    case '<':
      return ordered(left, right, (a, b) => a < b);
    case '<=':
      return ordered(left, right, (a, b) => a <= b);
    case '>':
      return ordered(left, right, (a, b) => a > b);
    case '>=':
      return ordered(left, right, (a, b) => a >= b);
    case 'in':
      return (frame) => {
        const element = left(frame);
        const container = right(frame);
        if (isOpen(container)) return isOpen(element) ? merge(element, container) : container;
        if (Array.isArray(container)) return isElement(element, container, frame);
        return isOpen(element) ? element : Object.hasOwn(container as object, element as string);
      };
    case '+':
      return arithmetic(left, right, expression, (a, b) => a + b);
    case '-':
      return arithmetic(left, right, expression, (a, b) => a - b);
    case '*':
      return arithmetic(left, right, expression, (a, b) => a * b);
    default:
      return expression.op satisfies never;
  }
}

function ordered(left: Evaluate, right: Evaluate, holds: (a: number, b: number) => boolean): Evaluate {
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === 'number' && typeof b === 'number') return holds(a, b);
    if (isOpen(a)) return isOpen(b) ? merge(a, b) : a;
    if (isOpen(b)) return b;
    if (typeof a === 'string' && typeof b === 'string') return holds(compareCodePoints(a, b), 0);
    return holds(Number(a), Number(b));
  };
}

/** CEL orders texts by code point; JavaScript's `<` would compare UTF-16 units. */
function compareCodePoints(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let index = 0; index < x.length && index < y.length; index += 1) {
    const difference = (x[index]?.codePointAt(0) ?? 0) - (y[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

/** One known equal element decides; otherwise an unknown element leaves it open. */
function isElement(element: unknown, list: readonly unknown[], budget: Budget): boolean | Open {
  if (element instanceof Failure) return element;
  if (list.length > 16) charge(budget, list.length >> 4);
  let open: Open | undefined;
  for (const candidate of list) {
    const same = equals(element, candidate, budget);
    if (same === true) return true;
    if (same !== false) open = open ? merge(open, same) : same;
  }
  return open ?? false;
}

function arithmetic(
  left: Evaluate,
  right: Evaluate,
  { start, end }: BinaryExpression,
  compute: (a: number, b: number) => number,
): Evaluate {
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === 'number' && typeof b === 'number') {
      const result = compute(a, b);
      return Number.isSafeInteger(result) ? result : new Failure('the number is beyond 2^53', start, end);
    }
    if (isOpen(a)) return isOpen(b) ? merge(a, b) : a;
    if (isOpen(b)) return b;
    // What is joined costs steps: variables that double each other would otherwise fill the memory.
    if (typeof a === 'string' && typeof b === 'string') {
      charge(frame, (a.length + b.length) >> 6);
      return a + b;
    }
    const [first, second] = [a as readonly unknown[], b as readonly unknown[]];
    charge(frame, first.length + second.length);
    return [...first, ...second];
  };
}
