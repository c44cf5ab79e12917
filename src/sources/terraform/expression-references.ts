import type { HclExpression } from './hcl/index.ts';

/**
 * An expression of the code in the form that a plan's `configuration` has: `{ constant_value }` for a literal, else
 * `{ references }`, or undefined when part of it could not be understood.
 */
export function referencesOf(expression: HclExpression): unknown {
  const constant = constantOf(expression);
  if (constant !== undefined) return { constant_value: constant.value };
  const references = new Set<string>();
  return collect(expression, references, new Set()) ? { references: [...references] } : undefined;
}

function constantOf(expression: HclExpression): { readonly value: unknown } | undefined {
  if (expression.kind === 'literal') return { value: expression.value };
  if (expression.kind === 'parentheses') return constantOf(expression.inner);
  if (expression.kind !== 'list') return undefined;
  const elements = expression.elements.map(constantOf);
  return elements.every((element) => element !== undefined) ? { value: elements.map((element) => element?.value) } : undefined;
}

/** Returns false when something was not understood. `bound` are the variables of `for` expressions around it. */
function collect(expression: HclExpression, into: Set<string>, bound: ReadonlySet<string>): boolean {
  const all = (...parts: readonly HclExpression[]): boolean => parts.every((part) => collect(part, into, bound));
  switch (expression.kind) {
    case 'literal':
    case 'item':
      return true;
    case 'opaque':
      return false;
    case 'template':
      return all(...expression.parts.filter((part) => typeof part !== 'string'));
    case 'object':
      return expression.entries.every(({ key, value }) => all(key, value));
    case 'list':
      return all(...expression.elements);
    case 'variable':
    case 'attribute':
    case 'index': {
      const chain = chainText(expression);
      if (chain === undefined) return expression.kind === 'variable' || all(...targets(expression));
      if (!bound.has(/^[^.[]+/.exec(chain)?.[0] ?? '')) into.add(chain);
      return expression.kind !== 'index' || expression.index.kind === 'literal' || all(expression.index);
    }
    case 'splat':
      return all(expression.target, expression.each);
    case 'call':
      return all(...expression.args);
    case 'unary':
      return all(expression.operand);
    case 'binary':
      return all(expression.left, expression.right);
    case 'conditional':
      return all(expression.test, expression.then, expression.otherwise);
    case 'parentheses':
      return all(expression.inner);
    case 'for': {
      const inner = new Set([...bound, expression.valueVar, ...(expression.keyVar === undefined ? [] : [expression.keyVar])]);
      const parts = [expression.key, expression.value, expression.condition].filter((part) => part !== undefined);
      return collect(expression.collection, into, bound) && parts.every((part) => collect(part, into, inner));
    }
    default:
      return expression satisfies never;
  }
}

function targets(expression: Extract<HclExpression, { kind: 'attribute' | 'index' }>): readonly HclExpression[] {
  return expression.kind === 'index' ? [expression.target, expression.index] : [expression.target];
}

/** `a.b["c"].d` as references are written; undefined where the root is no name. An index that is computed ends it. */
function chainText(expression: HclExpression): string | undefined {
  switch (expression.kind) {
    case 'variable':
      return expression.name;
    case 'attribute': {
      const target = chainText(expression.target);
      return target === undefined ? undefined : `${target}.${expression.name}`;
    }
    case 'index': {
      const target = chainText(expression.target);
      const { index } = expression;
      if (target === undefined || index.kind !== 'literal') return target;
      return `${target}[${JSON.stringify(index.value)}]`;
    }
    default:
      return undefined;
  }
}
