import type { Expression } from '../model/expression.ts';
import { charge, type Evaluate, type Frame, type Layout } from './evaluation.ts';
import { Failure, isOpen, merge, type Open } from './open-value.ts';

type Comprehension = Extract<Expression, { op: 'comprehension' }>;

/** Most variables that can be in scope at once: the fixed ones, `each` and nested comprehensions. */
export const slotCount = 72;

/** `exists`, `all` and their kin. Each nested variable gets the next slot of the frame. */
export function compileComprehension(
  expression: Comprehension,
  layout: Layout,
  compile: (part: Expression, layout: Layout) => Evaluate,
): Evaluate {
  const range = compile(expression.range, layout);
  const slot = 1 + Math.max(-1, ...[...layout.values()].filter((place) => typeof place === 'number'));
  if (slot >= slotCount) throw new Error('comprehensions are nested too deeply');
  const inner = new Map([...layout, [expression.variable, slot] as const]);
  const body = compile(expression.body, inner);
  const filter = expression.filter && compile(expression.filter, inner);
  const fold = folds[expression.kind];
  return (frame) => {
    const source = range(frame);
    if (isOpen(source)) return source;
    const elements = Array.isArray(source) ? (source as readonly unknown[]) : Object.keys(source as object);
    return fold(frame, slot, elements, body, filter);
  };
}

type Fold = (frame: Frame, slot: number, elements: readonly unknown[], body: Evaluate, filter: Evaluate | undefined) => unknown;

function step(frame: Frame, slot: number, element: unknown, evaluate: Evaluate): unknown {
  charge(frame, 1);
  frame.slots[slot] = element;
  return evaluate(frame);
}

/** Decided by the first element that gives `deciding`, whatever the others are. */
function quantifier(deciding: boolean): Fold {
  return (frame, slot, elements, body) => {
    let open: Open | undefined;
    const { slots } = frame;
    for (let index = 0; index < elements.length; index += 1) {
      charge(frame, 1);
      slots[slot] = elements[index];
      const holds = body(frame);
      if (holds === deciding) return deciding;
      if (holds !== !deciding && isOpen(holds)) open = open ? merge(open, holds) : holds;
    }
    return open ?? !deciding;
  };
}

const folds: { readonly [kind in Comprehension['kind']]: Fold } = {
  exists: quantifier(true),
  all: quantifier(false),
  exists_one: (frame, slot, elements, body) => {
    let count = 0;
    let open: Open | undefined;
    for (const element of elements) {
      const holds = step(frame, slot, element, body);
      // Two are too many whatever the others turn out to be; only one that errs counts more, as in CEL.
      if (holds === true) count += 1;
      else if (holds instanceof Failure) return holds;
      else if (isOpen(holds)) open = open ? merge(open, holds) : holds;
    }
    return count > 1 ? false : (open ?? count === 1);
  },
  filter: (frame, slot, elements, body) => {
    const kept: unknown[] = [];
    let open: Open | undefined;
    for (const element of elements) {
      const holds = step(frame, slot, element, body);
      if (holds === true) kept.push(element);
      else if (isOpen(holds)) open = open ? merge(open, holds) : holds;
    }
    return open ?? kept;
  },
  map: (frame, slot, elements, body, filter) => {
    const made: unknown[] = [];
    let open: Open | undefined;
    for (const element of elements) {
      const keep = filter ? step(frame, slot, element, filter) : true;
      if (isOpen(keep)) open = open ? merge(open, keep) : keep;
      if (keep !== true) continue;
      // An unknown element stays in its place: what does not depend on it can still be decided.
      const value = step(frame, slot, element, body);
      if (value instanceof Failure) return value;
      made.push(value);
    }
    return open ?? made;
  },
};
