import { declaredResource } from '../../iac/declared-resource.ts';
import { declaredPrincipal, type Attachment } from '../../iac/iam-principal.ts';
import type { PolicyPart } from '../../iac/policy-part.ts';
import { statementsOf } from '../../iac/policy-part.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { iamGroup } from '../../resources/iam-group.ts';
import { iamManagedPolicy } from '../../resources/iam-managed-policy.ts';
import { iamRole } from '../../resources/iam-role.ts';
import { iamUser } from '../../resources/iam-user.ts';
import type { ResourceType } from '../../resources/resource-type.ts';
import { BlockReference, referenceText } from './block-reference.ts';
import { planned, type Block, type Path } from './block.ts';
import { documentAt } from './documents.ts';
import { isObject, listOf, own, textOf } from './json.ts';
import type { AttachedBlocks } from './links.ts';
import { linkAt, listAt, locateAt, originsIn, tagsOf, textAt, valueAt, type Link, type PlanReader } from './plan-reader.ts';
import { changeIn } from './secretsmanager-secret.ts';
import type { TypeReader, Workspace } from './workspace.ts';

/** What differs between roles, users and groups in Terraform. */
interface PrincipalKind {
  readonly type: ResourceType;
  readonly block: string;
  /** `aws_iam_role_policy` and the argument that names the principal. */
  readonly inline: string;
  readonly attachment: string;
  readonly argument: string;
  /** Plural argument of `aws_iam_policy_attachment`. */
  readonly plural: string;
}

const kinds: readonly PrincipalKind[] = [
  {
    type: iamRole,
    block: 'aws_iam_role',
    inline: 'aws_iam_role_policy',
    attachment: 'aws_iam_role_policy_attachment',
    argument: 'role',
    plural: 'roles',
  },
  {
    type: iamUser,
    block: 'aws_iam_user',
    inline: 'aws_iam_user_policy',
    attachment: 'aws_iam_user_policy_attachment',
    argument: 'user',
    plural: 'users',
  },
  {
    type: iamGroup,
    block: 'aws_iam_group',
    inline: 'aws_iam_group_policy',
    attachment: 'aws_iam_group_policy_attachment',
    argument: 'group',
    plural: 'groups',
  },
];

export const principalReaders: readonly TypeReader[] = kinds.map((kind) => ({
  type: kind.type.name,
  read: (workspace) => readPrincipals(workspace, kind),
}));

function readPrincipals(workspace: Workspace, kind: PrincipalKind): readonly Resource[] {
  const { reader, links } = workspace;
  const inline = links.attached(kind.inline, kind.argument, [kind.block]);
  const attachments = links.attached(kind.attachment, kind.argument, [kind.block]);
  const exclusive = exclusiveAttachments(reader, kind);
  const principals = reader.index.ofType(kind.block).filter(({ change }) => change !== undefined);
  return [
    ...principals.map((block) => readPrincipal(workspace, kind, block, inline, attachments, exclusive)),
    ...inline.ownerless.map((policy) => standIn(workspace, kind, policy, { inline: policy })),
    ...attachments.ownerless.map((attachment) => standIn(workspace, kind, attachment, { attachment })),
  ];
}

/** `aws_iam_policy_attachment`: one policy and lists of principals, by name. */
interface Exclusive {
  readonly block: Block;
  readonly names: Maybe<ReadonlySet<string>>;
}

function exclusiveAttachments(reader: PlanReader, kind: PrincipalKind): readonly Exclusive[] {
  return reader.index.ofType('aws_iam_policy_attachment').map((block) => {
    const listed = listAt(reader, block, [kind.plural]) ?? [];
    if (listed instanceof Unknown) return { block, names: listed };
    const names = new Set<string>();
    for (const element of listed) {
      if (element instanceof Unknown) return { block, names: element };
      const text = element instanceof BlockReference ? (nameIn(element.block) ?? element.block.address) : element;
      if (typeof text === 'string') names.add(text);
    }
    return { block, names };
  });
}

function nameIn(block: Block): string | undefined {
  const found = planned(block, ['name']);
  return found.kind === 'known' ? textOf(found.value) : undefined;
}

function readPrincipal(
  workspace: Workspace,
  kind: PrincipalKind,
  block: Block,
  inline: AttachedBlocks,
  attachments: AttachedBlocks,
  exclusive: readonly Exclusive[],
): Resource {
  const { reader, partial } = workspace;
  const place = reader.placeOf(block);
  const name = textAt(reader, block, ['name']) ?? new Unknown('known-after-apply', 'known after apply: the provider makes up the name');
  const own = exclusive
    .filter(({ names }) => !(names instanceof Unknown) && (names.has(block.address) || (typeof name === 'string' && names.has(name))))
    .map((one) => one.block);
  const unsure = exclusive.find(({ names }) => names instanceof Unknown);
  const more = partial ?? (unsure && new Unknown('known-after-apply', `${unsure.block.address} may be attached to it`));
  const boundary = textAt(reader, block, ['permissions_boundary']);
  const blocks = [...inline.of(block), ...attachments.of(block), ...own];
  const { attributes, origins } = declaredPrincipal({
    name,
    place,
    path: textAt(reader, block, ['path']) ?? '/',
    inline: [...inlineBlocks(reader, block, inline.of(block)), ...inline.of(block).flatMap((policy) => inlinePart(reader, policy))],
    attachments: [
      ...managedArns(reader, block),
      ...[...attachments.of(block), ...own].map((one) => attachmentOf(reader, one, ['policy_arn'])),
    ],
    ...(boundary === undefined || boundary === '' ? {} : { boundary }),
    ...(more === undefined ? {} : { more }),
  });
  const trust = kind.type === iamRole ? trustOf(reader, block) : undefined;
  return declaredResource({
    type: kind.type,
    source: 'terraform',
    address: block.address,
    name,
    place,
    global: true,
    attributes: {
      ...attributes,
      ...(kind.type === iamGroup ? {} : { tags: tagsOf(reader, block) }),
      ...(kind.type === iamUser ? { groups: groupsOf(workspace, block, name) } : {}),
      ...(trust === undefined ? {} : { trust: trust.statements }),
    },
    origins: originsIn(reader, () => [{ path: '', locate: () => locateAt(reader, block, []) }, ...(trust?.origins ?? []), ...origins]),
    ...changeIn(block, blocks),
  });
}

/** The deprecated `inline_policy` blocks of a role. After apply the provider repeats there what separate blocks add: those are left out. */
function inlineBlocks(reader: PlanReader, block: Block, separate: readonly Block[]): readonly PolicyPart[] {
  const written = own(own(block.config, 'expressions'), 'inline_policy') !== undefined;
  const repeated = new Set(written ? [] : separate.map(nameIn));
  const listed = listAt(reader, block, ['inline_policy']) ?? [];
  if (listed instanceof Unknown) return [{ document: listed, locate: () => locateAt(reader, block, ['inline_policy']) }];
  return listed.flatMap((element, index): readonly PolicyPart[] => {
    if (element instanceof Unknown) return [{ document: element, locate: () => locateAt(reader, block, ['inline_policy', index]) }];
    const part = documentAt(reader, block, ['inline_policy', index, 'policy']);
    const name = isObject(element) ? textOf(own(element, 'name')) : undefined;
    return part === undefined || (name !== undefined && repeated.has(name))
      ? []
      : [{ ...part, ...(name === undefined ? {} : { policyName: name }) }];
  });
}

function inlinePart(reader: PlanReader, policy: Block): readonly PolicyPart[] {
  const part = documentAt(reader, policy, ['policy']);
  const name = nameIn(policy);
  return part === undefined ? [] : [{ ...part, ...(name === undefined ? {} : { policyName: name }) }];
}

function managedArns(reader: PlanReader, block: Block): readonly Attachment[] {
  // Where the code leaves it out, the provider shows what other blocks attach.
  if (own(own(block.config, 'expressions'), 'managed_policy_arns') === undefined) return [];
  const value = valueAt(reader, block, ['managed_policy_arns']);
  const locate = (): ReturnType<Attachment['locate']> => locateAt(reader, block, ['managed_policy_arns']);
  if (value instanceof Unknown) return [{ arn: value, locate }];
  return listOf(value).map((element): Attachment => attached(reader, element as Link, locate));
}

function attachmentOf(reader: PlanReader, block: Block, path: Path): Attachment {
  return attached(reader, linkAt(reader, block, path), () => locateAt(reader, block, path));
}

function attached(reader: PlanReader, link: Link, locate: Attachment['locate']): Attachment {
  if (link instanceof Unknown) return { arn: link, locate };
  if (link instanceof BlockReference) {
    const arn = referenceText(link, reader.placeOf(link.block));
    const document = link.block.type === 'aws_iam_policy' ? documentAt(reader, link.block, ['policy'])?.document : undefined;
    return { arn, ...(document === undefined ? {} : { document }), locate };
  }
  if (typeof link !== 'string') return { arn: new Unknown('known-after-apply', 'which policy is known after apply'), locate };
  const policy = reader.index.ofType('aws_iam_policy').find((one) => own(one.values, 'arn') === link);
  const data = reader.index.ofType('data.aws_iam_policy').find((one) => own(one.values, 'arn') === link);
  const document = policy === undefined ? textOf(own(data?.values, 'policy')) : documentAt(reader, policy, ['policy'])?.document;
  return { arn: link, ...(document === undefined ? {} : { document }), locate };
}

function trustOf(reader: PlanReader, block: Block): ReturnType<typeof statementsOf> {
  const part = documentAt(reader, block, ['assume_role_policy']);
  return statementsOf(part === undefined ? [] : [part], reader.placeOf(block).account, 'trust');
}

function groupsOf({ reader, partial }: Workspace, user: Block, name: Maybe<string>): readonly Maybe<string>[] {
  const groups: Maybe<string>[] = [];
  for (const membership of reader.index.ofType('aws_iam_user_group_membership')) {
    const link = linkAt(reader, membership, ['user']);
    const isMine = link instanceof BlockReference ? link.block === user : link === name && typeof name === 'string';
    if (link instanceof Unknown) groups.push(link);
    else if (isMine) groups.push(...namesIn(reader, membership, ['groups']));
  }
  for (const membership of reader.index.ofType('aws_iam_group_membership')) {
    const users = namesIn(reader, membership, ['users']);
    if (typeof name === 'string' && users.includes(name)) groups.push(textAt(reader, membership, ['group']) ?? '');
    else if (users.some((one) => one instanceof Unknown))
      groups.push(new Unknown('known-after-apply', `${membership.address} may name it`));
  }
  return partial === undefined ? groups : [...groups, partial];
}

function namesIn(reader: PlanReader, block: Block, path: Path): readonly Maybe<string>[] {
  const listed = listAt(reader, block, path) ?? [];
  if (listed instanceof Unknown) return [listed];
  return listed.map((element) => {
    if (element instanceof Unknown || typeof element === 'string') return element;
    return element instanceof BlockReference ? (nameIn(element.block) ?? element.block.address) : '';
  });
}

/** A policy of a principal outside the plan: what it grants is judged, and the rest is not known. */
function standIn(
  { reader }: Workspace,
  kind: PrincipalKind,
  block: Block,
  { inline, attachment }: { readonly inline?: Block; readonly attachment?: Block },
): Resource {
  const place = reader.placeOf(block);
  const why = new Unknown('unresolved-reference', 'the principal is not in this plan');
  const { attributes, origins } = declaredPrincipal({
    name: why,
    place,
    path: why,
    inline: inline === undefined ? [] : inlinePart(reader, inline),
    attachments: attachment === undefined ? [] : [attachmentOf(reader, attachment, ['policy_arn'])],
    boundary: why,
  });
  return declaredResource({
    type: kind.type,
    source: 'terraform',
    address: block.address,
    name: undefined,
    place,
    global: true,
    attributes: {
      ...attributes,
      ...(kind.type === iamGroup ? {} : { tags: why }),
      ...(kind.type === iamUser ? { groups: why } : {}),
      ...(kind.type === iamRole ? { trust: why } : {}),
    },
    origins: originsIn(reader, () => [{ path: '', locate: () => locateAt(reader, block, []) }, ...origins]),
    standIn: why,
    ...changeIn(block, []),
  });
}

export const managedPolicyReader: TypeReader = {
  type: iamManagedPolicy.name,
  read: (workspace) => {
    const { reader } = workspace;
    const usage = policyUsage(workspace);
    return reader.index
      .ofType('aws_iam_policy')
      .filter(({ change }) => change !== undefined)
      .map((block) => readManagedPolicy(workspace, block, usage));
  },
};

interface Usage {
  readonly attachments: ReadonlyMap<Block, number>;
  readonly boundaries: ReadonlyMap<Block, number>;
}

/** How often the policies of the plan are attached, and used as a boundary. */
function policyUsage({ reader }: Workspace): Usage {
  const attachments = new Map<Block, number>();
  const boundaries = new Map<Block, number>();
  const byArn = new Map(reader.index.ofType('aws_iam_policy').map((block) => [own(block.values, 'arn'), block]));
  const count = (into: Map<Block, number>, link: Link): void => {
    const policy = link instanceof BlockReference ? link.block : typeof link === 'string' ? byArn.get(link) : undefined;
    if (policy?.type === 'aws_iam_policy') into.set(policy, (into.get(policy) ?? 0) + 1);
  };
  for (const type of [...kinds.map(({ attachment }) => attachment), 'aws_iam_policy_attachment']) {
    for (const block of reader.index.ofType(type)) count(attachments, linkAt(reader, block, ['policy_arn']));
  }
  for (const { block: type } of kinds) {
    for (const principal of reader.index.ofType(type)) {
      count(boundaries, linkAt(reader, principal, ['permissions_boundary']));
      const arns =
        own(own(principal.config, 'expressions'), 'managed_policy_arns') === undefined
          ? []
          : valueAt(reader, principal, ['managed_policy_arns']);
      for (const arn of listOf(arns)) count(attachments, arn as Link);
    }
  }
  return { attachments, boundaries };
}

function readManagedPolicy({ reader }: Workspace, block: Block, usage: Usage): Resource {
  const place = reader.placeOf(block);
  const name = textAt(reader, block, ['name']) ?? new Unknown('known-after-apply', 'known after apply: the provider makes up the name');
  const part = documentAt(reader, block, ['policy']);
  const { statements, origins } = statementsOf(part === undefined ? [] : [part], place.account);
  const attachmentCount = usage.attachments.get(block) ?? 0;
  const boundaryCount = usage.boundaries.get(block) ?? 0;
  return declaredResource({
    type: iamManagedPolicy,
    source: 'terraform',
    address: block.address,
    name,
    place,
    global: true,
    attributes: {
      name,
      account: place.account,
      region: 'global',
      boundaryOnly: attachmentCount === 0 && boundaryCount > 0,
      path: textAt(reader, block, ['path']) ?? '/',
      tags: tagsOf(reader, block),
      statements,
      attachmentCount,
      boundaryCount,
    },
    origins: originsIn(reader, () => [{ path: '', locate: () => locateAt(reader, block, []) }, ...origins]),
    ...changeIn(block, []),
  });
}
