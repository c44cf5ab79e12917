import { Unknown, type Maybe } from '../model/unknown.ts';
import { globMatches, globsOverlap } from './iam-glob.ts';
import type { IamDenial, IamStatement } from './iam-statement.ts';
import { allOf, anyOf, every, isNonEmpty, not, some } from './three-valued.ts';

/** Whether an action pattern covers the action. IAM ignores the case of service prefixes and action names. */
export function actionMatches(pattern: string, action: string): boolean {
  return globMatches(pattern.toLowerCase(), action.toLowerCase());
}

/**
 * Whether the statement allows the action on what it speaks of, after the denials of its own document. An action
 * with wildcards (`secretsmanager:*`) is allowed when every action it covers is, a denial of some of them aside.
 * Principals and conditions are not looked at: under a condition it is still a grant. Unknown only where an unknown
 * part of the statement decides.
 */
export function grants(statement: IamStatement, action: string): Maybe<boolean> {
  const allows = statement.effect instanceof Unknown ? statement.effect : statement.effect === 'Allow';
  const cut = some(statement.denials, (denial) => allOf(speaksOf(denial, action), coversResources(denial, statement)));
  return allOf(allows, speaksOf(statement, action), not(cut));
}

function speaksOf(subject: Pick<IamDenial, 'actions' | 'notActions'>, action: string): Maybe<boolean> {
  const named = some(subject.actions, (pattern) => actionMatches(pattern, action));
  const excepted = some(subject.notActions, (pattern) => globsOverlap(pattern.toLowerCase(), action.toLowerCase()));
  return anyOf(named, allOf(isNonEmpty(subject.notActions), not(excepted)));
}

/** Whether the denial is as wide as the statement or wider. Where two patterns are hard to compare, it is not. */
function coversResources(denial: IamDenial, statement: IamStatement): Maybe<boolean> {
  const within = (patterns: IamDenial['resources'], inner: string) => some(patterns, (outer) => subsumes(outer, inner));
  const coversNamed = every(statement.resources, (inner) =>
    anyOf(
      within(denial.resources, inner),
      allOf(isNonEmpty(denial.notResources), not(some(denial.notResources, (spared) => mayOverlap(spared, inner)))),
    ),
  );
  const coversRest = allOf(
    isNonEmpty(denial.notResources),
    every(denial.notResources, (spared) => within(statement.notResources, spared)),
  );
  return anyOf(some(denial.resources, isUniversal), allOf(coversNamed, anyOf(not(isNonEmpty(statement.notResources)), coversRest)));
}

/** True only if every text that `inner` matches is matched by `outer`: a wildcard of `inner` needs a wildcard of `outer`. */
function subsumes(outer: string, inner: string): boolean {
  if (outer === inner || isUniversal(outer)) return true;
  // A `*` inside `${…}` is not a wildcard, and what a variable stands for is not known.
  return !hasVariable(outer) && globMatches(outer, inner);
}

function mayOverlap(left: string, right: string): boolean {
  return hasVariable(left) || hasVariable(right) || globsOverlap(left, right);
}

function isUniversal(pattern: string): boolean {
  return pattern !== '' && pattern.replaceAll('*', '') === '';
}

function hasVariable(pattern: string): boolean {
  return pattern.includes('${');
}
