import type { Resource } from '../../model/resource.ts';
import { iamGroup, type GroupAttributes } from '../../resources/iam-group.ts';
import { expected } from './answer-fields.ts';
import type { Collector, ScopeReader } from './collector.ts';
import { authorizationDetails } from './iam-authorization-details.ts';
import { principalAttachments, principalStatements } from './iam-statements.ts';

const source = 'iam:GetAccountAuthorizationDetails';
const type = iamGroup.name;

export const iamGroupCollector: Collector = {
  type,
  place: 'account',
  base: [{ operation: source }],
  source,
  details: [],
  collect: collectGroups,
};

async function collectGroups(scope: ScopeReader): Promise<readonly Resource[]> {
  const details = await authorizationDetails(scope);
  const { partition, account, region } = scope;
  return details.groups.map((group) => {
    const principal = { inline: group.GroupPolicyList, attached: group.AttachedManagedPolicies };
    const attributes: GroupAttributes = {
      name: group.GroupName,
      account,
      region,
      boundaryOnly: false,
      path: expected(group.Path, 'Path', source),
      statements: principalStatements(principal, details, account),
      attachments: principalAttachments(principal),
    };
    return { type, address: group.Arn, name: group.GroupName, partition, account, region, attributes };
  });
}
