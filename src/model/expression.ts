/**
 * A condition after parsing and type checking: plain data, so that the built-in pack can be compiled when the
 * package is built. `start` and `end` are offsets into the text of the expression.
 */
export type Expression =
  | (At & { readonly op: 'literal'; readonly value: string | number | boolean })
  | (At & { readonly op: 'variable'; readonly name: string })
  | (At & { readonly op: 'select'; readonly target: Expression; readonly field: string; readonly map: boolean })
  | (At & { readonly op: 'has'; readonly target: Expression; readonly field: string; readonly map: boolean })
  | (At & { readonly op: 'index'; readonly target: Expression; readonly index: Expression; readonly map: boolean })
  | (At & { readonly op: 'not' | 'negate'; readonly operand: Expression })
  | (At & { readonly op: 'and' | 'or'; readonly left: Expression; readonly right: Expression })
  | (At & { readonly op: BinaryOperator; readonly left: Expression; readonly right: Expression })
  | (At & { readonly op: 'conditional'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression })
  | (At & { readonly op: 'list'; readonly elements: readonly Expression[] })
  | (At & { readonly op: 'call'; readonly name: string; readonly args: readonly Expression[] })
  | (At & {
      readonly op: 'comprehension';
      readonly kind: ComprehensionKind;
      readonly variable: string;
      readonly range: Expression;
      readonly body: Expression;
      /** Only in the three-argument form of `map`: what is kept. */
      readonly filter?: Expression;
    });

export interface At {
  readonly start: number;
  readonly end: number;
}

export const binaryOperators = ['==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*'] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

export const comprehensionKinds = ['exists', 'all', 'exists_one', 'filter', 'map'] as const;
export type ComprehensionKind = (typeof comprehensionKinds)[number];

/** How a value of an expression is written in a message. */
export type TextKind = 'plain' | 'timestamp' | 'duration';

/** A text with `{{ expressions }}` in it. */
export type Template = readonly (string | { readonly expression: Expression; readonly kind: TextKind })[];
