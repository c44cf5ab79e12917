import type { Expression } from '../model/expression.ts';

/**
 * What an expression reads: attribute paths that start at a variable, such as `resource.rotation.enabled`. The
 * elements that a comprehension walks count as a read of the whole list.
 */
export function readsOf(expression: Expression): ReadonlySet<string> {
  const reads = new Set<string>();
  collect(expression, new Set(), reads);
  return reads;
}

function collect(expression: Expression, bound: ReadonlySet<string>, reads: Set<string>): void {
  switch (expression.op) {
    case 'literal':
      return;
    case 'variable':
      if (!bound.has(expression.name)) reads.add(expression.name);
      return;
    case 'select':
    case 'has': {
      const path = pathOf(expression, bound);
      if (path === undefined) collect(expression.target, bound, reads);
      else if (path !== '') reads.add(path);
      return;
    }
    case 'index':
      collect(expression.target, bound, reads);
      collect(expression.index, bound, reads);
      return;
    case 'not':
    case 'negate':
      collect(expression.operand, bound, reads);
      return;
    case 'conditional':
      for (const part of [expression.test, expression.then, expression.otherwise]) collect(part, bound, reads);
      return;
    case 'list':
      for (const element of expression.elements) collect(element, bound, reads);
      return;
    case 'call':
      for (const argument of expression.args) collect(argument, bound, reads);
      return;
    case 'comprehension': {
      collect(expression.range, bound, reads);
      const inner = new Set([...bound, expression.variable]);
      collect(expression.body, inner, reads);
      if (expression.filter) collect(expression.filter, inner, reads);
      return;
    }
    default:
      collect(expression.left, bound, reads);
      collect(expression.right, bound, reads);
  }
}

/** The path of a chain of fields; '' when it starts at a comprehension's variable, undefined when it is no such chain. */
function pathOf(expression: Expression, bound: ReadonlySet<string>): string | undefined {
  if (expression.op === 'variable') return bound.has(expression.name) ? '' : expression.name;
  if (expression.op !== 'select' && expression.op !== 'has') return undefined;
  const target = pathOf(expression.target, bound);
  if (target === undefined || target === '') return target;
  return `${target}.${expression.field}`;
}

/** The chain of fields as text, whichever variable it starts at; undefined when it is no such chain. */
export function chainText(expression: Expression): string | undefined {
  if (expression.op === 'variable') return expression.name;
  if (expression.op !== 'select' && expression.op !== 'has') return undefined;
  const target = chainText(expression.target);
  return target === undefined ? undefined : `${target}.${expression.field}`;
}

/** Whether the expression calls a function, anywhere in it. */
export function calls(expression: Expression, name: string): boolean {
  if (expression.op === 'call' && expression.name === name) return true;
  return partsOf(expression).some((part) => calls(part, name));
}

/** The expressions directly inside an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  return Object.values(expression)
    .flatMap((value: unknown) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]))
    .filter((value): value is Expression => typeof value === 'object' && value !== null && 'op' in value);
}
