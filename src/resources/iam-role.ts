import { principalFields } from './iam-principal-fields.ts';
import { iamStatement } from './iam-statement.ts';
import { resourceType, type AttributesOf } from './resource-type.ts';
import { list, map, required, string } from './shape.ts';

export const iamRole = resourceType({
  name: 'AWS::IAM::Role',
  doc: 'An IAM role.',
  service: 'iam',
  kind: 'role',
  attributes: {
    ...principalFields,
    tags: required(map(string), 'Tags.'),
    trust: required(list(iamStatement), 'Statements of the trust policy.'),
  },
});

export type RoleAttributes = AttributesOf<typeof iamRole>;
