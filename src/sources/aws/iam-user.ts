import type { Resource } from '../../model/resource.ts';
import { iamUser, type UserAttributes } from '../../resources/iam-user.ts';
import { expected, readTags } from './answer-fields.ts';
import type { Collector, ScopeReader } from './collector.ts';
import { authorizationDetails } from './iam-authorization-details.ts';
import { principalAttachments, principalStatements } from './iam-statements.ts';

const source = 'iam:GetAccountAuthorizationDetails';
const type = iamUser.name;

export const iamUserCollector: Collector = {
  type,
  place: 'account',
  base: [{ operation: source }],
  source,
  details: [],
  collect: collectUsers,
};

async function collectUsers(scope: ScopeReader): Promise<readonly Resource[]> {
  const details = await authorizationDetails(scope);
  const { partition, account, region } = scope;
  return details.users.map((user) => {
    // Of a user without inline policies AWS leaves the list out; the others it always sends.
    const principal = { inline: user.UserPolicyList ?? [], attached: user.AttachedManagedPolicies };
    const boundary = user.PermissionsBoundary?.PermissionsBoundaryArn;
    const attributes: UserAttributes = {
      name: user.UserName,
      account,
      region,
      boundaryOnly: false,
      path: expected(user.Path, 'Path', source),
      statements: principalStatements(principal, details, account),
      attachments: principalAttachments(principal),
      ...(boundary === undefined ? {} : { boundary }),
      tags: readTags(user.Tags, source),
      groups: [...(user.GroupList ?? [])].sort(),
    };
    return { type, address: user.Arn, name: user.UserName, partition, account, region, attributes };
  });
}
