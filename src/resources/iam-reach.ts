import type { Maybe } from '../model/unknown.ts';
import { completeArn } from './iam-arn-pattern.ts';
import { globMatches, globsOverlap } from './iam-glob.ts';
import type { IamStatement } from './iam-statement.ts';
import { allOf, anyOf, isNonEmpty, not, some } from './three-valued.ts';

/** The kinds of resources that policies ask about: secrets, parameters of Parameter Store, KMS keys. */
export type ReachedKind = 'secret' | 'parameter' | 'key';

/** A character of a name that only a wildcard matches, and the stand-in for a policy variable, which matches nothing. */
const anyCharacter = '\uE000';
const variable = '\uE001';

function name(length: number): string {
  return anyCharacter.repeat(length);
}

/**
 * Endings of the ARNs of a kind, in alternatives; a pattern reaches every one if it matches all endings of one alternative.
 * Names of fewer than eight characters are left aside, so that `secret:????*` counts as all secrets.
 * A secret's ARN ends with six random characters; a key's id is a UUID, or `mrk-` and 32 digits.
 */
const endings: { readonly [kind in ReachedKind]: readonly (readonly string[])[] } = {
  secret: [[`secret:${name(8)}-${name(6)}`, `secret:${name(64)}-${name(6)}`]],
  parameter: [[`parameter/${name(8)}`, `parameter/${name(64)}`]],
  key: [[`key/${name(36)}`], [`key/${[8, 4, 4, 4, 12].map(name).join('-')}`]],
};

const services: { readonly [kind in ReachedKind]: string } = { secret: 'secretsmanager', parameter: 'ssm', key: 'kms' };
const partitions = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', name(3)];

/**
 * Whether the resources of the statement reach every resource of the kind in at least one account and region.
 * A policy variable in the resource part is a restriction. NotResource reaches all but those it names: true unless
 * they are every resource of the kind everywhere. Conditions and denials are not looked at.
 */
export function reachesEvery(statement: IamStatement, kind: ReachedKind): Maybe<boolean> {
  const spared = some(statement.notResources, (pattern) => matchesEverywhere(pattern, kind));
  return anyOf(
    some(statement.resources, (pattern) => matchesSomewhere(pattern, kind)),
    allOf(isNonEmpty(statement.notResources), not(spared)),
  );
}

/**
 * Whether the resources of the statement can name a resource of the kind at all; a statement on buckets reaches no
 * secret, whatever its actions. Conditions and denials are not looked at.
 */
export function reachesSome(statement: IamStatement, kind: ReachedKind): Maybe<boolean> {
  const spared = some(statement.notResources, (pattern) => matchesEverywhere(pattern, kind));
  return anyOf(
    some(statement.resources, (pattern) => overlapsKind(withoutVariables(pattern).replaceAll(variable, '*'), kind)),
    allOf(isNonEmpty(statement.notResources), not(spared)),
  );
}

const someOf: { readonly [kind in ReachedKind]: string } = { secret: '*:*:secret:*', parameter: '*:*:parameter*', key: '*:*:key/*' };

function overlapsKind(pattern: string, kind: ReachedKind): boolean {
  // Partition and service in full: a star there would reach over into the names of other services' resources.
  return partitions.some((partition) => globsOverlap(pattern, `arn:${partition}:${services[kind]}:${someOf[kind]}`));
}

function matchesEverywhere(pattern: string, kind: ReachedKind): boolean {
  return matchesAll(withoutVariables(pattern), kind, [name(9)], [name(12)]);
}

function matchesSomewhere(pattern: string, kind: ReachedKind): boolean {
  const plain = withoutVariables(pattern);
  const [, , , region, account] = plain.split(':');
  const accounts = [name(12), ...(plain.match(/\d{12}/g) ?? [])];
  if (account !== undefined && /[*?\uE001]/.test(account)) accounts.push(instanceOf(account));
  return matchesAll(plain, kind, region === undefined ? [name(9)] : [name(9), instanceOf(region)], accounts);
}

const markers: { readonly [kind in ReachedKind]: string } = { secret: ':secret:', parameter: ':parameter/', key: ':key/' };

/** A pattern that begins a name with a literal character cannot match names of other characters: most patterns are told by that. */
function beginsName(pattern: string, kind: ReachedKind): boolean {
  const wildcard = pattern.search(/[*?]/);
  const literal = wildcard < 0 ? pattern : pattern.slice(0, wildcard);
  const marker = literal.indexOf(markers[kind]);
  return wildcard < 0 || (marker >= 0 && marker + markers[kind].length < literal.length);
}

function matchesAll(pattern: string, kind: ReachedKind, regions: readonly string[], accounts: readonly string[]): boolean {
  if (beginsName(pattern, kind)) return false;
  return endings[kind].some((alternative) =>
    partitions.some((partition) =>
      regions.some((region) =>
        accounts.some((account) =>
          alternative.every((ending) => globMatches(pattern, `arn:${partition}:${services[kind]}:${region}:${account}:${ending}`)),
        ),
      ),
    ),
  );
}

/** The whole ARN; `${aws:PrincipalTag/team}` and the like hold colons and stars that mean nothing to us. */
function withoutVariables(pattern: string): string {
  return completeArn(pattern)
    .replaceAll(anyCharacter, variable)
    .replace(/\$\{[^}]*\}/g, variable);
}

/** A text that the part of a pattern matches. */
function instanceOf(part: string): string {
  return part.replace(/[*?]/g, anyCharacter);
}
