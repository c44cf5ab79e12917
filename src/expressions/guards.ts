import type { Expression } from '../model/expression.ts';
import type { ExpressionType } from './expression-type.ts';
import type { VariableTypes } from './cel-library.ts';
import { chainText } from './reads.ts';

/** Chains of fields (`resource.rotation.schedule`) that are known to be present. */
export type Present = ReadonlySet<string>;

/** An optional attribute that is read where nothing guarantees that it is there. */
export interface UnguardedRead {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** What is present for certain when the expression is true. */
export function presentIfTrue(expression: Expression): Present {
  switch (expression.op) {
    case 'has': {
      const path = chainText(expression);
      return path === undefined ? new Set() : withParents(path);
    }
    case 'not':
      return presentIfFalse(expression.operand);
    case 'and':
      return union(presentIfTrue(expression.left), presentIfTrue(expression.right));
    case 'or':
      return intersection(presentIfTrue(expression.left), presentIfTrue(expression.right));
    default:
      return new Set();
  }
}

/** What is present for certain when the expression is false. */
export function presentIfFalse(expression: Expression): Present {
  switch (expression.op) {
    case 'not':
      return presentIfTrue(expression.operand);
    case 'or':
      return union(presentIfFalse(expression.left), presentIfFalse(expression.right));
    case 'and':
      return intersection(presentIfFalse(expression.left), presentIfFalse(expression.right));
    default:
      return new Set();
  }
}

/** Every read of an optional attribute or map entry that no `has()` dominates, in the order of evaluation. */
export function unguardedReads(expression: Expression, variables: VariableTypes, present: Present): readonly UnguardedRead[] {
  const found: UnguardedRead[] = [];
  walk(expression, variables, present, found);
  return found;
}

function walk(expression: Expression, variables: VariableTypes, present: Present, found: UnguardedRead[]): ExpressionType | undefined {
  switch (expression.op) {
    case 'literal':
      return undefined;
    case 'variable':
      return variables.get(expression.name);
    case 'select':
    case 'has':
      return walkField(expression, variables, present, found);
    case 'index': {
      const target = walk(expression.target, variables, present, found);
      walk(expression.index, variables, present, found);
      return target?.kind === 'list' ? target.element : target?.kind === 'map' ? target.value : undefined;
    }
    case 'not':
    case 'negate':
      walk(expression.operand, variables, present, found);
      return undefined;
    case 'and':
      walk(expression.left, variables, present, found);
      walk(expression.right, variables, union(present, presentIfTrue(expression.left)), found);
      return undefined;
    case 'or':
      walk(expression.left, variables, present, found);
      walk(expression.right, variables, union(present, presentIfFalse(expression.left)), found);
      return undefined;
    case 'conditional': {
      walk(expression.test, variables, present, found);
      const type = walk(expression.then, variables, union(present, presentIfTrue(expression.test)), found);
      walk(expression.otherwise, variables, union(present, presentIfFalse(expression.test)), found);
      return type;
    }
    case 'list':
      for (const element of expression.elements) walk(element, variables, present, found);
      return undefined;
    case 'call':
      for (const argument of expression.args) walk(argument, variables, present, found);
      return undefined;
    case 'comprehension':
      return walkComprehension(expression, variables, present, found);
    default:
      walk(expression.left, variables, present, found);
      walk(expression.right, variables, present, found);
      return undefined;
  }
}

function walkField(
  expression: Extract<Expression, { op: 'select' | 'has' }>,
  variables: VariableTypes,
  present: Present,
  found: UnguardedRead[],
): ExpressionType | undefined {
  const target = walk(expression.target, variables, present, found);
  const path = chainText(expression);
  const guarded = expression.op === 'has' || (path !== undefined && present.has(path));
  if (target?.kind === 'map') {
    if (!guarded) found.push({ path: path ?? expression.field, start: expression.start, end: expression.end });
    return target.value;
  }
  if (target?.kind !== 'object') return undefined;
  const field = Object.hasOwn(target.fields, expression.field) ? target.fields[expression.field] : undefined;
  if (field?.optional && !guarded) found.push({ path: path ?? expression.field, start: expression.start, end: expression.end });
  return field?.shape;
}

function walkComprehension(
  expression: Extract<Expression, { op: 'comprehension' }>,
  variables: VariableTypes,
  present: Present,
  found: UnguardedRead[],
): ExpressionType | undefined {
  const range = walk(expression.range, variables, present, found);
  const element = range?.kind === 'list' ? range.element : ({ kind: 'string' } as const);
  const inner = new Map([...variables, [expression.variable, element] as const]);
  if (expression.filter) walk(expression.filter, inner, present, found);
  const withFilter = expression.filter ? union(present, presentIfTrue(expression.filter)) : present;
  walk(expression.body, inner, withFilter, found);
  return expression.kind === 'filter' ? range : undefined;
}

function withParents(path: string): Present {
  const parts = path.split('.');
  return new Set(parts.map((_, index) => parts.slice(0, index + 1).join('.')));
}

export function union(a: Present, b: Present): Present {
  return b.size === 0 ? a : new Set([...a, ...b]);
}

function intersection(a: Present, b: Present): Present {
  return new Set([...a].filter((path) => b.has(path)));
}
