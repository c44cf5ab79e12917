import type { Expression } from '../model/expression.ts';

/** The steps that an evaluation has left; see `charge`. */
export interface Budget {
  steps: number;
}

/** What one evaluation works on: the variables in their slots, and the steps left. */
export interface Frame extends Budget {
  readonly slots: unknown[];
}

/** A compiled expression. The result is a plain value or an Open one; it never throws but for BudgetExceeded. */
export type Evaluate = (frame: Frame) => unknown;

/** Variable name → slot. A function instead of a number computes the value, and keeps it in the frame itself. */
export type Layout = ReadonlyMap<string, number | Evaluate>;

export class BudgetExceeded extends Error {}

/** Takes steps from the budget; throws BudgetExceeded when it is used up. */
export function charge(budget: Budget, steps: number): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw new BudgetExceeded('the evaluation took too many steps');
}

/** Compiles a part of an expression, with the same variables. */
export type CompilePart = (part: Expression) => Evaluate;
