import { findAwsManagedPolicy } from '../../iac/aws-managed-policies.ts';
import { declaredPrincipal, type Attachment, type PrincipalDeclaration } from '../../iac/iam-principal.ts';
import { statementsOf, type PolicyPart } from '../../iac/policy-part.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { iamGroup } from '../../resources/iam-group.ts';
import { iamManagedPolicy } from '../../resources/iam-managed-policy.ts';
import { iamRole } from '../../resources/iam-role.ts';
import { iamUser } from '../../resources/iam-user.ts';
import type { ResourceType } from '../../resources/resource-type.ts';
import { Evaluator } from './evaluator.ts';
import { own, type Path } from './json.ts';
import { attachedTo, isOwnerless, linkOf } from './links.ts';
import { asText, documentAt, listAt, locateAt, locateDocument, tagsAt, textAt, valueAt } from './properties.ts';
import { Reference } from './reference.ts';
import type { RawResource } from './template.ts';
import type { Draft } from './variants.ts';
import { declare, declareAll, madeUp, ofTypes, type TypeReader, type Workspace } from './workspace.ts';

const managedPolicyType = 'AWS::IAM::ManagedPolicy';

/** What differs between roles, users and groups in CloudFormation. */
interface PrincipalKind {
  readonly type: ResourceType;
  readonly nameProperty: string;
  /** The type of the one policy of one principal, and its property that names it. */
  readonly inlineType: string;
  readonly inlineProperty: string;
  /** The property of policies that lists such principals. */
  readonly listProperty: string;
}

const roleKind: PrincipalKind = {
  type: iamRole,
  nameProperty: 'RoleName',
  inlineType: 'AWS::IAM::RolePolicy',
  inlineProperty: 'RoleName',
  listProperty: 'Roles',
};

const kinds: readonly PrincipalKind[] = [
  roleKind,
  { type: iamUser, nameProperty: 'UserName', inlineType: 'AWS::IAM::UserPolicy', inlineProperty: 'UserName', listProperty: 'Users' },
  { type: iamGroup, nameProperty: 'GroupName', inlineType: 'AWS::IAM::GroupPolicy', inlineProperty: 'GroupName', listProperty: 'Groups' },
];

export const principalReaders: readonly TypeReader[] = kinds.map((kind) => ({
  type: kind.type.name,
  read: async (workspace) => [
    ...(await declareAll(ofTypes(workspace, kind.type.name), (principal) =>
      declare(workspace, principal, { type: kind.type, address: principal.id, global: true }, (evaluator) =>
        readPrincipal(evaluator, kind, principal),
      ),
    )),
    ...(await standIns(workspace, kind)),
  ],
}));

function readPrincipal(evaluator: Evaluator, kind: PrincipalKind, principal: RawResource): Draft {
  const attached = attachedPolicies(evaluator, kind, principal.id);
  const boundary = textAt(evaluator, principal, ['PermissionsBoundary']);
  const { attributes, origins } = declaredPrincipal({
    name: textAt(evaluator, principal, [kind.nameProperty]) ?? madeUp,
    place: evaluator.world.template.place,
    path: textAt(evaluator, principal, ['Path']) ?? '/',
    inline: [...inlinePolicies(evaluator, principal), ...attached.inline],
    attachments: [...attachmentsAt(evaluator, principal, ['ManagedPolicyArns']), ...attached.attachments],
    ...(boundary === undefined || boundary === '' ? {} : { boundary }),
    ...(attached.more === undefined ? {} : { more: attached.more }),
  });
  const trust = kind.type === iamRole ? trustOf(evaluator, principal) : undefined;
  const at =
    (...path: string[]) =>
    () =>
      locateAt(evaluator, principal, path);
  return {
    attributes: {
      ...attributes,
      ...(kind.type === iamGroup ? {} : { tags: tagsAt(evaluator, principal) }),
      ...(kind.type === iamUser ? { groups: groupsOf(evaluator, principal) } : {}),
      ...(trust === undefined ? {} : { trust: trust.statements }),
    },
    origins: [
      { path: '', locate: at() },
      { path: 'name', locate: at(kind.nameProperty) },
      { path: 'tags', locate: at('Tags') },
      { path: 'boundary', locate: at('PermissionsBoundary') },
      { path: 'attachments', locate: at('ManagedPolicyArns') },
      ...(trust?.origins ?? []),
      ...origins,
    ],
  };
}

/** What policies elsewhere in the template give a principal. */
export function attachedPolicies(
  evaluator: Evaluator,
  kind: PrincipalKind,
  id: string,
): Pick<PrincipalDeclaration, 'inline' | 'attachments' | 'more'> {
  const types = [kind.type.name];
  const single = attachedTo(evaluator, kind.inlineType, kind.inlineProperty, types);
  const shared = attachedTo(evaluator, 'AWS::IAM::Policy', kind.listProperty, types);
  const managed = attachedTo(evaluator, managedPolicyType, kind.listProperty, types);
  const more = single.maybeOf() ?? shared.maybeOf() ?? managed.maybeOf();
  return {
    inline: [...single.of(id), ...shared.of(id)].flatMap(({ resource }) => policyPart(evaluator, resource)),
    attachments: managed
      .of(id)
      .map(({ resource }) =>
        attachmentOf(evaluator, new Reference(resource.id, undefined), () => locateAt(evaluator, resource, [kind.listProperty])),
      ),
    ...(more === undefined ? {} : { more }),
  };
}

/** What the implicit role of a function of SAM gets from elsewhere in the template. */
export function attachedToRole(evaluator: Evaluator, id: string): ReturnType<typeof attachedPolicies> {
  return attachedPolicies(evaluator, roleKind, id);
}

function policyPart(evaluator: Evaluator, policy: RawResource): readonly PolicyPart[] {
  const part = documentAt(evaluator, policy, ['PolicyDocument']);
  const name = textAt(evaluator, policy, ['PolicyName']);
  return part === undefined ? [] : [{ ...part, ...(typeof name === 'string' ? { policyName: name } : {}) }];
}

function inlinePolicies(evaluator: Evaluator, principal: RawResource): readonly PolicyPart[] {
  const listed = listAt(evaluator, principal, ['Policies']) ?? [];
  if (listed instanceof Unknown) return [{ document: listed, locate: () => locateAt(evaluator, principal, ['Policies']) }];
  return listed.map((element, index): PolicyPart => {
    const path: Path = ['Policies', index, 'PolicyDocument'];
    const name = evaluator.text(own(element, 'PolicyName'));
    return {
      document: element instanceof Unknown ? element : asText(evaluator, own(element, 'PolicyDocument')),
      ...(typeof name === 'string' ? { policyName: name } : {}),
      locate: locateDocument(evaluator, principal, path),
    };
  });
}

/** Managed policies that a property lists. */
function attachmentsAt(evaluator: Evaluator, principal: RawResource, path: Path): readonly Attachment[] {
  const listed = listAt(evaluator, principal, path) ?? [];
  if (listed instanceof Unknown) return [{ arn: listed, locate: () => locateAt(evaluator, principal, path) }];
  return listed.map((element, index) => attachmentOf(evaluator, element, () => locateAt(evaluator, principal, [...path, index])));
}

/** One managed policy, with its document where the template has it or AWS publishes it. */
export function attachmentOf(evaluator: Evaluator, value: unknown, locate: Attachment['locate']): Attachment {
  const arn = evaluator.text(value) ?? new Unknown('malformed-response', 'an attached policy without its ARN');
  const link = linkOf(evaluator, value, [managedPolicyType]);
  const policy = link.kind === 'resource' ? evaluator.world.resources.get(link.id) : undefined;
  const document = policy === undefined ? awsManaged(arn) : documentAt(evaluator, policy, ['PolicyDocument'])?.document;
  return { arn, ...(document === undefined ? {} : { document }), locate };
}

/** The policies of AWS are the same in every partition, which a template mostly leaves open. */
function awsManaged(arn: Maybe<string>): object | undefined {
  return typeof arn === 'string' ? findAwsManagedPolicy(arn.replace('arn:${AWS::Partition}:', 'arn:aws:')) : undefined;
}

function trustOf(evaluator: Evaluator, role: RawResource): ReturnType<typeof statementsOf> {
  const part = documentAt(evaluator, role, ['AssumeRolePolicyDocument']);
  return statementsOf(part === undefined ? [] : [part], evaluator.world.template.place.account, 'trust');
}

function groupsOf(evaluator: Evaluator, user: RawResource): readonly Maybe<string>[] {
  const listed = listAt(evaluator, user, ['Groups']) ?? [];
  const groups: Maybe<string>[] = listed instanceof Unknown ? [listed] : listed.map((group) => evaluator.text(group) ?? '');
  const memberships = attachedTo(evaluator, 'AWS::IAM::UserToGroupAddition', 'Users', [iamUser.name]);
  for (const { resource } of memberships.of(user.id)) groups.push(textAt(evaluator, resource, ['GroupName']) ?? '');
  const more = memberships.maybeOf();
  return more === undefined ? groups : [...groups, more];
}

/** Policies of principals outside the template: what they grant is judged, and the rest is not known. */
function standIns(workspace: Workspace, kind: PrincipalKind): Promise<readonly Resource[]> {
  const why = new Unknown('unresolved-reference', 'the principal is not in this template');
  const policies = [
    ...ofTypes(workspace, kind.inlineType).map((policy) => ({ policy, property: kind.inlineProperty })),
    ...ofTypes(workspace, 'AWS::IAM::Policy').map((policy) => ({ policy, property: kind.listProperty })),
  ].filter(({ policy, property }) => isOwnerless(new Evaluator(workspace.world), policy, property, [kind.type.name]));
  return declareAll(policies, ({ policy, property }) =>
    declare(workspace, policy, { type: kind.type, address: policy.id, global: true, standIn: why }, (evaluator) => {
      if (!isOwnerless(evaluator, policy, property, [kind.type.name])) return undefined;
      const { attributes, origins } = declaredPrincipal({
        name: why,
        place: evaluator.world.template.place,
        path: why,
        inline: policyPart(evaluator, policy),
        attachments: [],
        boundary: why,
      });
      return {
        attributes: {
          ...attributes,
          ...(kind.type === iamGroup ? {} : { tags: why }),
          ...(kind.type === iamUser ? { groups: why } : {}),
          ...(kind.type === iamRole ? { trust: why } : {}),
        },
        origins: [{ path: '', locate: () => locateAt(evaluator, policy, []) }, ...origins],
      };
    }),
  );
}

export const managedPolicyReader: TypeReader = {
  type: iamManagedPolicy.name,
  read: (workspace) =>
    declareAll(ofTypes(workspace, managedPolicyType), (policy) =>
      declare(workspace, policy, { type: iamManagedPolicy, address: policy.id, global: true }, (evaluator) =>
        readManagedPolicy(evaluator, policy),
      ),
    ),
};

/** Types that attach managed policies or take them as a boundary, with the property that lists them. */
const principalTypes: readonly (readonly [type: string, property: string])[] = [
  ...kinds.map(({ type }) => [type.name, 'ManagedPolicyArns'] as const),
  ['AWS::Serverless::Function', 'Policies'],
  ['AWS::Serverless::StateMachine', 'Policies'],
];

function readManagedPolicy(evaluator: Evaluator, policy: RawResource): Draft {
  const { place } = evaluator.world.template;
  const part = documentAt(evaluator, policy, ['PolicyDocument']);
  const { statements, origins } = statementsOf(part === undefined ? [] : [part], place.account);
  const attachmentCount = countAttachments(evaluator, policy);
  const boundaryCount = countOf(
    principalTypes.map(([type]) => attachedTo(evaluator, type, 'PermissionsBoundary', [managedPolicyType])),
    policy.id,
  );
  const at =
    (...path: string[]) =>
    () =>
      locateAt(evaluator, policy, path);
  return {
    attributes: {
      name: textAt(evaluator, policy, ['ManagedPolicyName']) ?? madeUp,
      account: place.account,
      region: 'global',
      boundaryOnly: isBoundaryOnly(attachmentCount, boundaryCount),
      path: textAt(evaluator, policy, ['Path']) ?? '/',
      tags: tagsAt(evaluator, policy),
      statements,
      attachmentCount,
      boundaryCount,
    },
    origins: [{ path: '', locate: at() }, { path: 'name', locate: at('ManagedPolicyName') }, ...origins],
  };
}

function isBoundaryOnly(attachments: Maybe<number>, boundaries: Maybe<number>): Maybe<boolean> {
  if (typeof attachments === 'number' && attachments > 0) return false;
  if (boundaries === 0) return false;
  return attachments instanceof Unknown ? attachments : boundaries instanceof Unknown ? boundaries : true;
}

function countAttachments(evaluator: Evaluator, policy: RawResource): Maybe<number> {
  const attached = countOf(
    principalTypes.map(([type, property]) => attachedTo(evaluator, type, property, [managedPolicyType])),
    policy.id,
  );
  if (attached instanceof Unknown) return attached;
  const listed = kinds.map(({ listProperty }) => valueAt(evaluator, policy, [listProperty]));
  const unknown = listed.find((list) => list instanceof Unknown);
  if (unknown !== undefined) return unknown;
  return attached + listed.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
}

function countOf(attached: readonly ReturnType<typeof attachedTo>[], id: string): Maybe<number> {
  const known = attached.reduce((sum, one) => sum + one.of(id).length, 0);
  const [open] = attached.flatMap((one) => one.maybeOf() ?? []);
  return known === 0 && open !== undefined ? open : known;
}
