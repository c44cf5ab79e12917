import { Unknown, type Maybe } from '../model/unknown.ts';
import { parsePolicyDocument } from '../resources/iam-document.ts';
import type { IamStatement } from '../resources/iam-statement.ts';
import type { Origin } from './origin.ts';

/** One policy document that infrastructure code attaches to something. */
export interface PolicyPart {
  /** The document: its JSON text, or data with Unknown in any place, or Unknown as a whole. */
  readonly document: unknown;
  /** Name of the inline or managed policy; absent for a resource policy. */
  readonly policyName?: string;
  /** ARN of an attached managed policy. */
  readonly policyArn?: string;
  /** Position of a statement, and of a path within it; of the whole document when the index is undefined. */
  readonly locate: (statement: number | undefined, rest: string) => ReturnType<Origin['locate']>;
}

export interface Statements {
  readonly statements: readonly Maybe<IamStatement>[];
  readonly origins: readonly Origin[];
}

/**
 * The statements of all documents, in order, and where each comes from. A document that could not be read is one
 * Unknown.
 *
 * @param account owner of the policies
 * @param at attribute path of the list, such as `statements`
 */
export function statementsOf(parts: readonly PolicyPart[], account: Maybe<string>, at = 'statements'): Statements {
  const statements: Maybe<IamStatement>[] = [];
  const origins: Origin[] = [];
  for (const { document, policyName, policyArn, locate } of parts) {
    const context = { account, ...(policyName === undefined ? {} : { policyName }), ...(policyArn === undefined ? {} : { policyArn }) };
    const parsed = parsePolicyDocument(document, context);
    const list = parsed instanceof Unknown ? [parsed] : parsed;
    list.forEach((statement, index) => {
      const number = parsed instanceof Unknown ? undefined : index;
      origins.push({ path: `${at}[${statements.length}]`, locate: (rest) => locate(number, rest) });
      statements.push(statement);
    });
  }
  const [first] = parts;
  if (first) origins.push({ path: at, locate: (rest) => first.locate(undefined, rest) });
  return { statements, origins };
}
