import type { Maybe } from '../model/unknown.ts';
import type { IamStatement } from './iam-statement.ts';

export interface PolicyContext {
  /** The account that owns the policy or the resource it is attached to. */
  readonly account: Maybe<string>;
  readonly policyName?: string;
  readonly policyArn?: string;
}

export function parsePolicyDocument(document: unknown, context: PolicyContext): Maybe<readonly Maybe<IamStatement>[]> {
  throw new Error(`not written yet: ${typeof document} ${typeof context}`);
}
