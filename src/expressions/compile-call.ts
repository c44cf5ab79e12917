import type { Expression } from '../model/expression.ts';
import { charge, type CompilePart, type Evaluate, type Frame } from './evaluation.ts';
import { CallFailure } from './functions/cel-function.ts';
import { celFunctionByName } from './functions/index.ts';
import { Failure, isOpen, merge, type Open } from './open-value.ts';

/** A function call: strict in its arguments, unless the function says that it can judge with parts unknown. */
export function compileCall(expression: Extract<Expression, { op: 'call' }>, compile: CompilePart): Evaluate {
  const fn = celFunctionByName.get(expression.name);
  if (!fn) throw new Error(`no function ${expression.name}`);
  const args = expression.args.map((argument) => compile(argument));
  const { start, end } = expression;
  return (frame) => {
    const values = args.map((argument) => argument(frame));
    const open = fn.unknownAware === 'whole' ? undefined : firstOpen(values, fn.unknownAware === 'parts');
    if (open) return open;
    try {
      return fn.call(values, contextOf(frame));
    } catch (error) {
      if (error instanceof CallFailure) return new Failure(error.message, start, end);
      throw error;
    }
  };
}

function contextOf(frame: Frame): { readonly charge: (steps: number) => void } {
  return { charge: (steps) => charge(frame, steps) };
}

function firstOpen(values: readonly unknown[], partsAllowed: boolean): Open | undefined {
  let open: Open | undefined;
  for (const value of values) {
    if (isOpen(value)) open = open ? merge(open, value) : value;
    else if (!partsAllowed && Array.isArray(value)) {
      for (const element of value) if (isOpen(element)) open = open ? merge(open, element) : element;
    }
  }
  return open;
}
