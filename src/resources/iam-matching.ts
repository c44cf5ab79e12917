import { Unknown, type Maybe } from '../model/unknown.ts';
import { completeArn } from './iam-arn-pattern.ts';
import { globCovers, globMatches, globsOverlap, type Meter } from './iam-glob.ts';
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
 * part of the statement decides. `meter` may throw to end the work.
 */
export function grants(statement: IamStatement, action: string, meter: Meter = () => undefined): Maybe<boolean> {
  const effect = statement.effect instanceof Unknown ? statement.effect : statement.effect === 'Allow';
  const allows = allOf(effect, speaksOf(statement, action, meter));
  if (allows === false) return false;
  const cut = some(statement.denials, (denial) => {
    const denies = speaksOf(denial, action, meter);
    return denies === false ? false : allOf(denies, coversResources(denial, statement, meter));
  });
  return allOf(allows, not(cut));
}

function speaksOf(subject: Pick<IamDenial, 'actions' | 'notActions'>, action: string, meter: Meter): Maybe<boolean> {
  const wanted = action.toLowerCase();
  const named = some(subject.actions, (pattern) => globCovers(pattern.toLowerCase(), wanted, meter));
  const excepted = some(subject.notActions, (pattern) => globsOverlap(pattern.toLowerCase(), wanted, meter));
  return anyOf(named, allOf(isNonEmpty(subject.notActions), not(excepted)));
}

/** Whether the denial is as wide as the statement or wider. Where two patterns are hard to compare, it is not. */
function coversResources(denial: IamDenial, statement: IamStatement, meter: Meter): Maybe<boolean> {
  const within = (patterns: IamDenial['resources'], inner: string) => some(patterns, (outer) => subsumes(outer, inner, meter));
  const coversNamed = every(statement.resources, (inner) =>
    anyOf(
      within(denial.resources, inner),
      allOf(isNonEmpty(denial.notResources), not(some(denial.notResources, (spared) => mayOverlap(spared, inner, meter)))),
    ),
  );
  const coversRest = allOf(
    isNonEmpty(denial.notResources),
    every(denial.notResources, (spared) => within(statement.notResources, spared)),
  );
  // A statement that names no resource at all is covered only by a denial that names none either.
  const coversUnnamed = anyOf(namesResources(statement), not(namesResources(denial)));
  const covers = allOf(coversNamed, anyOf(not(isNonEmpty(statement.notResources)), coversRest), coversUnnamed);
  return anyOf(some(denial.resources, isUniversal), covers);
}

function namesResources({ resources, notResources }: Pick<IamDenial, 'resources' | 'notResources'>): Maybe<boolean> {
  return anyOf(isNonEmpty(resources), isNonEmpty(notResources));
}

/** True only if every text that `inner` matches is matched by `outer`: a wildcard of `inner` needs a wildcard of `outer`. */
function subsumes(outer: string, inner: string, meter: Meter): boolean {
  if (outer === inner || isUniversal(outer)) return true;
  // A `*` inside `${…}` is not a wildcard, and what a variable stands for is not known. An incomplete ARN of a denial is
  // left as it is, because a resource policy does not complete it.
  return !hasVariable(outer) && globCovers(outer, completeArn(inner), meter);
}

function mayOverlap(left: string, right: string, meter: Meter): boolean {
  return hasVariable(left) || hasVariable(right) || globsOverlap(completeArn(left), completeArn(right), meter);
}

function isUniversal(pattern: string): boolean {
  return pattern !== '' && pattern.replaceAll('*', '') === '';
}

function hasVariable(pattern: string): boolean {
  return pattern.includes('${');
}
