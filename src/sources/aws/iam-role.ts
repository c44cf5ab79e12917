import type { Resource } from '../../model/resource.ts';
import { iamRole, type RoleAttributes } from '../../resources/iam-role.ts';
import { expected, readTags } from './answer-fields.ts';
import type { Collector, ScopeReader } from './collector.ts';
import { authorizationDetails } from './iam-authorization-details.ts';
import { principalAttachments, principalStatements, readDocument } from './iam-statements.ts';

const source = 'iam:GetAccountAuthorizationDetails';
const type = iamRole.name;

export const iamRoleCollector: Collector = {
  type,
  place: 'account',
  base: [{ operation: source }],
  source,
  details: [],
  collect: collectRoles,
};

async function collectRoles(scope: ScopeReader): Promise<readonly Resource[]> {
  const details = await authorizationDetails(scope);
  const { partition, account, region } = scope;
  return details.roles.map((role) => {
    const principal = { inline: role.RolePolicyList, attached: role.AttachedManagedPolicies };
    const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
    const attributes: RoleAttributes = {
      name: role.RoleName,
      account,
      region,
      boundaryOnly: false,
      path: expected(role.Path, 'Path', source),
      statements: principalStatements(principal, details, account),
      attachments: principalAttachments(principal),
      ...(boundary === undefined ? {} : { boundary }),
      tags: readTags(role.Tags, source),
      trust: readDocument(role.AssumeRolePolicyDocument, { account }),
    };
    return { type, address: role.Arn, name: role.RoleName, partition, account, region, attributes };
  });
}
