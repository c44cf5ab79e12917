import type { Expression } from '../model/expression.ts';
import { celTypeName, type ExpressionType } from './expression-type.ts';
import { createEnvironment, parseCel, type VariableTypes } from './cel-library.ts';
import { lower, type Problem } from './lower.ts';

export type ParsedExpression = { readonly expression: Expression; readonly type: ExpressionType } | { readonly problem: Problem };

/** Parses and type-checks expressions in which the given variables exist. */
export interface ExpressionParser {
  readonly variables: VariableTypes;
  /** With `expected`, the expression must have that type. */
  readonly parse: (text: string, expected?: ExpressionType) => ParsedExpression;
}

export function createParser(variables: VariableTypes): ExpressionParser {
  const environment = createEnvironment(variables);
  return {
    variables,
    parse: (text, expected) => {
      if (text.trim() === '') return { problem: { message: 'the expression is empty', start: 0, end: 1 } };
      const outcome = parseCel(environment, text);
      if ('problem' in outcome) return outcome;
      const lowered = lower(outcome.ast, variables);
      // Ours speaks first: it knows the nearest name. The library's check then covers overloads.
      if ('problem' in lowered) return lowered;
      const problem = outcome.check();
      if (problem) return { problem };
      if (expected && celTypeName(expected) !== celTypeName(lowered.type)) {
        const message = `expected ${celTypeName(expected)}, found ${celTypeName(lowered.type)}`;
        return { problem: { message, start: 0, end: text.length } };
      }
      return lowered;
    },
  };
}
