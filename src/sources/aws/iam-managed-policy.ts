import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { iamManagedPolicy, type ManagedPolicyAttributes } from '../../resources/iam-managed-policy.ts';
import { expected, expectedCount, nextMarker, readTags, requireList } from './answer-fields.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { readEach } from './each.ts';
import { toUnknown } from './failures.ts';
import { authorizationDetails, type AuthorizationDetails } from './iam-authorization-details.ts';
import { defaultVersion, nameFromArn } from './iam-statements.ts';
import { readPages } from './pages.ts';

const source = 'iam:GetAccountAuthorizationDetails';
const tagging = 'iam:ListPolicyTags';
const type = iamManagedPolicy.name;

// The account's details hold the tags of roles and users, not those of policies.
const details = [{ operation: tagging, provides: ['tags'] }] as const;

export const iamManagedPolicyCollector: Collector = {
  type,
  place: 'account',
  base: [{ operation: source }],
  source,
  details,
  collect: collectPolicies,
};

async function collectPolicies(scope: ScopeReader): Promise<readonly Resource[]> {
  const found = await authorizationDetails(scope);
  // AWS managed policies have `aws` in the place of the account; they are judged at the principals they are attached to.
  const policies = [...found.policies.values()].filter(({ Arn }) => Arn.split(':')[4] !== 'aws');
  const tags = wantsDetail({ type, details }, scope, tagging)
    ? await readEach(scope, tagging, policies, (policy) => readPolicyTags(scope, policy.Arn))
    : new Map<unknown, ManagedPolicyAttributes['tags']>();
  const { partition, account, region } = scope;
  return policies.map((policy) => {
    const name = policy.PolicyName ?? nameFromArn(policy.Arn);
    const attachmentCount = expectedCount(policy.AttachmentCount, 'AttachmentCount', source);
    const boundaryCount =
      policy.PermissionsBoundaryUsageCount === undefined
        ? countBoundaries(found, policy.Arn)
        : expectedCount(policy.PermissionsBoundaryUsageCount, 'PermissionsBoundaryUsageCount', source);
    const attributes: ManagedPolicyAttributes = {
      name,
      account,
      region,
      boundaryOnly: isBoundaryOnly(attachmentCount, boundaryCount),
      path: expected(policy.Path, 'Path', source),
      tags: tags.get(policy) ?? notCollected(tagging),
      statements: defaultVersion(policy, { account }),
      attachmentCount,
      boundaryCount,
    };
    return { type, address: policy.Arn, name, partition, account, region, attributes };
  });
}

/** Where the answer does not say it (moto does not): the users and roles that it shows, if it shows all of them. */
function countBoundaries(found: AuthorizationDetails, arn: string): Maybe<number> {
  if (found.failure !== undefined) return toUnknown(found.failure);
  return [...found.users, ...found.roles].filter(({ PermissionsBoundary }) => PermissionsBoundary?.PermissionsBoundaryArn === arn).length;
}

function isBoundaryOnly(attachments: Maybe<number>, boundaries: Maybe<number>): Maybe<boolean> {
  if (attachments instanceof Unknown) return boundaries === 0 ? false : attachments;
  if (attachments > 0) return false;
  return boundaries instanceof Unknown ? boundaries : boundaries > 0;
}

async function readPolicyTags(scope: ScopeReader, arn: string): Promise<ManagedPolicyAttributes['tags']> {
  const api = await scope.clients.iam();
  const quiet = { calls: scope.calls, onListing: () => undefined };
  const { items, failure } = await readPages(quiet, tagging, async (marker, signal) => {
    const page = await api.listPolicyTags(arn, marker, signal);
    return { items: requireList(page.Tags, 'Tags'), next: nextMarker(page.IsTruncated, page.Marker) };
  });
  return failure === undefined ? readTags(items, tagging) : toUnknown(failure);
}
