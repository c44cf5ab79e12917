import { declaredResource } from '../../iac/declared-resource.ts';
import { declaredPrincipal } from '../../iac/iam-principal.ts';
import { statementsOf } from '../../iac/policy-part.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { iamGroup } from '../../resources/iam-group.ts';
import { iamRole } from '../../resources/iam-role.ts';
import { iamUser } from '../../resources/iam-user.ts';
import { BlockReference } from './block-reference.ts';
import type { Block, Path } from './block.ts';
import { documentAt } from './documents.ts';
import { attachmentOf, inlineBlocks, inlinePart, managedArns, nameIn } from './iam-attached-policies.ts';
import { principalKinds, type PrincipalKind } from './iam-principal-kinds.ts';
import type { AttachedBlocks } from './links.ts';
import { linkAt, listAt, locateAt, originsIn, tagsOf, textAt, type PlanReader } from './plan-reader.ts';
import { changeIn } from './secretsmanager-secret.ts';
import type { TypeReader, Workspace } from './workspace.ts';

export const principalReaders: readonly TypeReader[] = principalKinds.map((kind) => ({
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
