import { Unknown, type Maybe } from '../model/unknown.ts';
import { limitKind, limitsCaller } from './iam-limiting-condition.ts';
import { accountOfArn, accountOfPrincipal, isEveryone } from './iam-principal.ts';
import type { IamCondition, IamStatement } from './iam-statement.ts';
import { allOf, anyOf, isNonEmpty, not, some } from './three-valued.ts';

type Subject = Pick<IamStatement, 'effect' | 'principals' | 'notPrincipals' | 'conditions'>;

export type Audience = Pick<IamStatement, 'isPublic' | 'accounts' | 'organizations'>;

/** Whom a statement lets in; a Deny lets in nobody. `owner` is the account of the resource. */
export function audienceOf(subject: Subject, owner: Maybe<string>): Audience {
  const { effect, principals, notPrincipals, conditions } = subject;
  if (effect === 'Deny') return { isPublic: false, accounts: [], organizations: [] };
  const everyone = anyOf(some(principals, isEveryone), isNonEmpty(notPrincipals));
  const isPublic = allOf(effect instanceof Unknown ? effect : true, everyone, not(some(conditions, limitsCaller)));
  return { isPublic, accounts: accountsOf(subject, everyone, owner), organizations: organizationsOf(subject) };
}

function accountsOf(subject: Subject, everyone: Maybe<boolean>, owner: Maybe<string>): Audience['accounts'] {
  const { effect, principals, conditions } = subject;
  if (principals instanceof Unknown) return principals;
  const named = principals.map((principal) => (principal instanceof Unknown ? principal : accountOfPrincipal(principal)));
  // Conditions say more than the principal where that is anyone, or a service that works for anyone.
  const throughService = some(principals, ({ type }) => (type instanceof Unknown ? type : type === 'Service'));
  const open = anyOf(everyone, throughService);
  const limited = open === false ? [] : conditionValues(conditions).flatMap((test) => accountOfTest(test, owner));
  if (open instanceof Unknown && limited.length > 0) return open;
  return underEffect(effect, unique([...named, ...limited]));
}

function organizationsOf({ effect, conditions }: Subject): Audience['organizations'] {
  return underEffect(effect, unique(conditionValues(conditions).flatMap(organizationOfTest)));
}

/** Of an Unknown effect nobody may be let in after all. */
function underEffect<T>(effect: Subject['effect'], list: readonly Maybe<T>[]): Maybe<readonly Maybe<T>[]> {
  return effect instanceof Unknown && list.length > 0 ? effect : list;
}

interface Test {
  readonly kind: ReturnType<typeof limitKind>;
  readonly value: Maybe<string>;
}

/**
 * Single values of the conditions that limit the caller, or may; an Unknown one may be any of these. A condition that
 * limits nobody (a `*` among its values) names nobody either, whatever else it lists.
 */
function conditionValues(conditions: Subject['conditions']): readonly Maybe<Test>[] {
  if (conditions instanceof Unknown) return [conditions];
  return conditions.flatMap((condition): Maybe<Test>[] => {
    if (condition instanceof Unknown) return [condition];
    return limitsCaller(condition) === false ? [] : testsOf(condition);
  });
}

function testsOf(condition: IamCondition): Maybe<Test>[] {
  const kind = limitKind(condition);
  if (kind === undefined) return [];
  const { values } = condition;
  return (values instanceof Unknown ? [values] : values).map((value) => ({ kind, value }));
}

function accountOfTest(test: Maybe<Test>, owner: Maybe<string>): readonly Maybe<string>[] {
  if (test instanceof Unknown) return [test];
  const { kind, value } = test;
  if (kind instanceof Unknown) return [kind];
  if (kind !== 'account' && kind !== 'arn') return [];
  if (value instanceof Unknown) return [value];
  if (/^\$\{aws:resourceaccount\}$/i.test(value) || /^arn:[^:]*:[^:]*:[^:]*:\$\{aws:resourceaccount\}:/i.test(value)) return [owner];
  const account = kind === 'account' && /^\d{12}$/.test(value) ? value : accountOfArn(value);
  return account === undefined ? [] : [account];
}

function organizationOfTest(test: Maybe<Test>): readonly Maybe<string>[] {
  if (test instanceof Unknown) return [test];
  const { kind, value } = test;
  if (kind instanceof Unknown) return [kind];
  if (kind !== 'organization' && kind !== 'organization-path') return [];
  if (value instanceof Unknown) return [value];
  if (/^\$\{aws:resourceorg(id|paths)\}/i.test(value)) {
    return [new Unknown('unresolved-reference', 'the policy names the organization of the resource, whose id is not in it')];
  }
  const organization = /^(o-[a-z0-9]+)(\/|$)/.exec(value)?.[1];
  return organization === undefined ? [] : [organization];
}

/** Without duplicates and absent ones; Unknowns stay. */
function unique(list: readonly (Maybe<string> | undefined)[]): readonly Maybe<string>[] {
  return [...new Set(list)].filter((element) => element !== undefined);
}
