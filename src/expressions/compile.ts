import type { Expression } from '../model/expression.ts';
import { Unknown } from '../model/unknown.ts';
import { compileBinary } from './compile-binary.ts';
import { compileCall } from './compile-call.ts';
import { compileComprehension } from './compile-comprehension.ts';
import { equals } from './equality.ts';
import type { Evaluate, Layout } from './evaluation.ts';
import { Failure, isOpen, merge, type Open } from './open-value.ts';

/** Builds a closure for an expression; variables are resolved to slots now, so that evaluating does no look-ups by name. */
export function compile(expression: Expression, layout: Layout): Evaluate {
  switch (expression.op) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'variable': {
      const slot = layout.get(expression.name);
      if (slot === undefined) throw new Error(`no slot for the variable ${expression.name}`);
      return typeof slot === 'number' ? (frame) => frame.slots[slot] : slot;
    }
    case 'select':
      return compileSelect(expression, layout);
    case 'has':
      return compileHas(expression, layout);
    case 'index':
      return compileIndex(expression, layout);
    case 'not': {
      const operand = compile(expression.operand, layout);
      return (frame) => {
        const value = operand(frame);
        return typeof value === 'boolean' ? !value : value;
      };
    }
    case 'negate': {
      const operand = compile(expression.operand, layout);
      return (frame) => {
        const value = operand(frame);
        return typeof value === 'number' ? -value : value;
      };
    }
    case 'and':
      return compileLogic(expression.left, expression.right, false, layout);
    case 'or':
      return compileLogic(expression.left, expression.right, true, layout);
    case 'conditional': {
      const test = compile(expression.test, layout);
      const then = compile(expression.then, layout);
      const otherwise = compile(expression.otherwise, layout);
      return (frame) => {
        const chosen = test(frame);
        if (typeof chosen === 'boolean') return chosen ? then(frame) : otherwise(frame);
        if (!isOpen(chosen) || chosen instanceof Failure) return chosen;
        const [a, b] = [then(frame), otherwise(frame)];
        // Both branches agree: the unknown test does not matter.
        if (equals(a, b, frame) === true) return a;
        return [a, b].filter(isOpen).reduce<Open>((open, branch) => merge(open, branch), chosen);
      };
    }
    case 'list': {
      const elements = expression.elements.map((element) => compile(element, layout));
      return (frame) => {
        const values = elements.map((element) => element(frame));
        // An unknown element stays in its place; one that errs makes the whole list err, as in CEL.
        return values.find((value) => value instanceof Failure) ?? values;
      };
    }
    case 'call':
      return compileCall(expression, (part) => compile(part, layout));
    case 'comprehension':
      return compileComprehension(expression, layout, compile);
    default:
      return compileBinary(expression, (part) => compile(part, layout));
  }
}

/** `&&` (decided by false) and `||` (decided by true): one deciding side is enough, whatever the other is. */
function compileLogic(leftExpression: Expression, rightExpression: Expression, deciding: boolean, layout: Layout): Evaluate {
  const left = compile(leftExpression, layout);
  const right = compile(rightExpression, layout);
  return (frame) => {
    const a = left(frame);
    if (a === deciding) return deciding;
    const b = right(frame);
    if (b === deciding) return deciding;
    if (!isOpen(a)) return b;
    return isOpen(b) ? merge(a, b) : a;
  };
}

type FieldExpression = Extract<Expression, { op: 'select' | 'has' }>;

function compileSelect(expression: FieldExpression, layout: Layout): Evaluate {
  const target = compile(expression.target, layout);
  const { field, map, start, end } = expression;
  const absent = new Failure(`${field} is absent here; read it behind has()`, start, end, 'absent');
  return (frame) => {
    const object = target(frame);
    if (object instanceof Unknown) return object;
    if (isOpen(object)) return object;
    if (map && !Object.hasOwn(object as object, field)) return absent;
    const value = (object as { readonly [name: string]: unknown })[field];
    return value === undefined ? absent : value;
  };
}

function compileHas(expression: FieldExpression, layout: Layout): Evaluate {
  const target = compile(expression.target, layout);
  const { field, map } = expression;
  return (frame) => {
    const object = target(frame);
    if (isOpen(object)) return object;
    if (map && !Object.hasOwn(object as object, field)) return false;
    const value = (object as { readonly [name: string]: unknown })[field];
    // An unknown attribute may turn out to be absent, so whether it is there is unknown too.
    return isOpen(value) ? value : value !== undefined;
  };
}

function compileIndex(expression: Extract<Expression, { op: 'index' }>, layout: Layout): Evaluate {
  const target = compile(expression.target, layout);
  const index = compile(expression.index, layout);
  const { map, start, end } = expression;
  return (frame) => {
    const container = target(frame);
    const key = index(frame);
    if (isOpen(container)) return isOpen(key) ? merge(container, key) : container;
    if (isOpen(key)) return key;
    if (map) {
      if (!Object.hasOwn(container as object, key as string)) return new Failure(`there is no entry ${String(key)}`, start, end);
      return (container as { readonly [name: string]: unknown })[key as string];
    }
    const elements = container as readonly unknown[];
    const position = key as number;
    if (position < 0 || position >= elements.length) return new Failure(`there is no element ${position}`, start, end);
    return elements[position];
  };
}
