import type { Path } from './block.ts';
import type { HclEntry, HclExpression, Span } from './hcl/index.ts';

/**
 * The part of an expression that a path into its value leads to: through `jsonencode`, objects and lists, as far as they
 * are written out there; the last part that could be followed otherwise.
 */
export function locateInExpression(expression: HclExpression, path: Path): Span {
  const [key, ...rest] = path;
  if (key === undefined) return expression.span;
  switch (expression.kind) {
    case 'parentheses':
      return locateInExpression(expression.inner, path);
    case 'call': {
      const [only, ...more] = expression.args;
      return only !== undefined && more.length === 0 ? locateInExpression(only, path) : expression.span;
    }
    case 'object': {
      const entry = expression.entries.find((one) => keyOf(one) === key);
      return entry === undefined ? expression.span : rest.length === 0 ? entry.span : locateInExpression(entry.value, rest);
    }
    case 'list': {
      const element = typeof key === 'number' ? expression.elements[key] : undefined;
      return element === undefined ? expression.span : locateInExpression(element, rest);
    }
    default:
      // A single statement may stand without its list.
      return expression.span;
  }
}

function keyOf({ key }: HclEntry): unknown {
  return key.kind === 'literal' ? key.value : undefined;
}

/** The expression that a path into the value leads to; undefined where it is not written out. */
export function expressionIn(expression: HclExpression, path: Path): HclExpression | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return expression;
  switch (expression.kind) {
    case 'parentheses':
      return expressionIn(expression.inner, path);
    case 'call': {
      const [only, ...more] = expression.args;
      return expression.name === 'jsonencode' && only !== undefined && more.length === 0 ? expressionIn(only, path) : undefined;
    }
    case 'object': {
      const entry = expression.entries.find((one) => keyOf(one) === key);
      return entry && expressionIn(entry.value, rest);
    }
    case 'list': {
      const element = typeof key === 'number' ? expression.elements[key] : undefined;
      return element && expressionIn(element, rest);
    }
    default:
      return undefined;
  }
}
