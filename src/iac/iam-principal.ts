import { Unknown, type Maybe } from '../model/unknown.ts';
import { findAwsManagedPolicy } from './aws-managed-policies.ts';
import type { Origin } from './origin.ts';
import type { Place } from './place.ts';
import { statementsOf, type PolicyPart } from './policy-part.ts';

/** A managed policy that code attaches to a principal. */
export interface Attachment {
  /** Its ARN, with `${address}` for a policy of the same input. */
  readonly arn: Maybe<string>;
  /** Its document, where the policy is in the input. */
  readonly document?: unknown;
  readonly locate: PolicyPart['locate'];
}

/** What infrastructure code says of a role, a user or a group, from all the blocks that speak of it. */
export interface PrincipalDeclaration {
  readonly name: Maybe<string>;
  readonly place: Place;
  readonly path: Maybe<string>;
  readonly inline: readonly PolicyPart[];
  readonly attachments: readonly Attachment[];
  readonly boundary?: Maybe<string>;
  /** What may be there besides and was not seen: a targeted plan, attachments that could not be linked. */
  readonly more?: Unknown;
}

/**
 * What roles, users and groups have in common. Documents of attached policies that are not in the input are Unknown, but for the
 * AWS managed policies that we know.
 */
export function declaredPrincipal(declaration: PrincipalDeclaration): {
  readonly attributes: { readonly [name: string]: unknown };
  readonly origins: readonly Origin[];
} {
  const { name, place, path, inline, attachments, boundary, more } = declaration;
  const { statements, origins } = statementsOf([...inline, ...attachments.map(partOf)], place.account);
  const attributes = {
    name,
    account: place.account,
    region: 'global',
    boundaryOnly: false,
    path,
    statements: more === undefined ? statements : [...statements, more],
    attachments: [
      ...attachments.map(({ arn }) => (arn instanceof Unknown ? arn : { name: nameOf(arn), arn })),
      ...(more === undefined ? [] : [more]),
    ],
    ...(boundary === undefined ? {} : { boundary }),
  };
  return { attributes, origins };
}

function partOf({ arn, document, locate }: Attachment): PolicyPart {
  if (arn instanceof Unknown) return { document: document ?? arn, locate };
  const own = document ?? findAwsManagedPolicy(arn) ?? new Unknown('unresolved-reference', `the policy ${arn} is not in this input`);
  return { document: own, policyName: nameOf(arn), policyArn: arn, locate };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
