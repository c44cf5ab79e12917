import type { Expression } from '../model/expression.ts';
import { charge, type CompilePart, type Evaluate, type Frame } from './evaluation.ts';
import { CallFailure, type CelFunction } from './functions/cel-function.ts';
import { celFunctionByName } from './functions/index.ts';
import { Failure, isOpen, merge, type Open } from './open-value.ts';

/** A function call: strict in its arguments, unless the function says that it can judge with parts unknown. */
export function compileCall(expression: Extract<Expression, { op: 'call' }>, compile: CompilePart): Evaluate {
  const fn = celFunctionByName.get(expression.name);
  if (!fn) throw new Error(`no function ${expression.name}`);
  const args = expression.args.map((argument) => compile(argument));
  const { start, end } = expression;
  const call = (frame: Frame, ...values: readonly unknown[]): unknown => {
    const open = fn.unknownAware === 'whole' ? undefined : firstOpen(values, fn);
    if (open) return open;
    for (const value of values) {
      if (typeof value === 'string' && value.length > longText) chargeText(frame, value.length);
      else if (Array.isArray(value)) charge(frame, value.length >> 3);
    }
    try {
      return fn.call(frame, ...values);
    } catch (error) {
      if (error instanceof CallFailure) return new Failure(error.message, start, end);
      throw error;
    }
  };
  const [first, second] = args;
  if (args.length === 2 && first && second) {
    // The common case, two texts, without lists of arguments: it is what conditions spend their time on.
    const infallible = fn.infallible === true;
    return (frame) => {
      const a = first(frame);
      const b = second(frame);
      if (!infallible || typeof a !== 'string' || typeof b !== 'string') return call(frame, a, b);
      if (a.length + b.length > longText) chargeText(frame, a.length + b.length);
      return fn.call(frame, a, b);
    };
  }
  return (frame) => call(frame, ...args.map((argument) => argument(frame)));
}

/** From here on a text costs steps by its length, so that a budget ends work on huge texts too. */
const longText = 256;

function chargeText(frame: Frame, length: number): void {
  charge(frame, length >> 8);
}

function firstOpen(values: readonly unknown[], fn: CelFunction): Open | undefined {
  let open: Open | undefined;
  for (const value of values) {
    if (isOpen(value)) open = open ? merge(open, value) : value;
    else if (fn.unknownAware !== 'parts' && Array.isArray(value)) {
      for (const element of value) if (isOpen(element)) open = open ? merge(open, element) : element;
    }
  }
  return open;
}
