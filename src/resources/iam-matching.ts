import type { Maybe } from '../model/unknown.ts';
import type { IamStatement } from './iam-statement.ts';

export type SpannedKind = 'secret' | 'parameter' | 'key';

export function globMatches(pattern: string, text: string): boolean {
  throw new Error(`not written yet: ${pattern} ${text}`);
}

export function actionMatches(pattern: string, action: string): boolean {
  return globMatches(pattern.toLowerCase(), action.toLowerCase());
}

export function grants(statement: IamStatement, action: string): Maybe<boolean> {
  throw new Error(`not written yet: ${statement.effect} ${action}`);
}

export function reachesEvery(statement: IamStatement, kind: SpannedKind): Maybe<boolean> {
  throw new Error(`not written yet: ${statement.effect} ${kind}`);
}
