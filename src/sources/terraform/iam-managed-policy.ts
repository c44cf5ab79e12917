import { declaredResource } from '../../iac/declared-resource.ts';
import { statementsOf } from '../../iac/policy-part.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown } from '../../model/unknown.ts';
import { iamManagedPolicy } from '../../resources/iam-managed-policy.ts';
import { BlockReference } from './block-reference.ts';
import type { Block } from './block.ts';
import { documentAt } from './documents.ts';
import { principalKinds } from './iam-principal-kinds.ts';
import { listOf, own } from './json.ts';
import { linkAt, locateAt, originsIn, tagsOf, textAt, valueAt, type Link } from './plan-reader.ts';
import { changeIn } from './secretsmanager-secret.ts';
import type { TypeReader, Workspace } from './workspace.ts';

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
  for (const type of [...principalKinds.map(({ attachment }) => attachment), 'aws_iam_policy_attachment']) {
    for (const block of reader.index.ofType(type)) count(attachments, linkAt(reader, block, ['policy_arn']));
  }
  for (const { block: type } of principalKinds) {
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
