import type { Budget } from '../evaluation.ts';
import type { ExpressionType } from '../expression-type.ts';

/** A value that a call can fail with: a mistake in the policy or in its data, never a pass. */
export class CallFailure extends Error {}

/** One function that policies may call. Its examples are its documentation and its tests. */
export interface CelFunction {
  /** `days`, `string.matches` (a method of a type) or `iam.grants` (in a namespace). */
  readonly name: string;
  readonly form: 'global' | 'method' | 'namespaced';
  /** The receiver of a method comes first. */
  readonly params: readonly (ExpressionType | 'any')[];
  readonly returns: ExpressionType;
  readonly doc: string;
  readonly examples: readonly { readonly expression: string; readonly result: unknown }[];
  /** True for those that the CEL library declares itself, with the same meaning. */
  readonly standard?: true;
  /**
   * Arguments can hold Unknown below the top level (a list element, a field). Only a function that says so gets
   * such arguments as they are; it must then answer Unknown unless the known part decides. `whole`: it gets an
   * Unknown argument too.
   */
  readonly unknownAware?: 'parts' | 'whole';
  /** It throws nothing, whatever texts it gets; such calls are made without a safety net. */
  readonly infallible?: true;
  /** Checks a constant argument when the policy loads; returns what is wrong with it. */
  readonly checkConstants?: (args: readonly (string | number | boolean | undefined)[]) => string | undefined;
  /** Sees no Unknown but as `unknownAware` says. Long work takes steps from the budget. Throws CallFailure. */
  readonly call: (budget: Budget, ...args: readonly unknown[]) => unknown;
}
