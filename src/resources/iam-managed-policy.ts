import { grantsField } from './iam-principal-fields.ts';
import { iamStatement } from './iam-statement.ts';
import { resourceType, type AttributesOf } from './resource-type.ts';
import { int, list, map, required, string } from './shape.ts';

export const iamManagedPolicy = resourceType({
  name: 'AWS::IAM::ManagedPolicy',
  doc: 'A customer managed IAM policy. AWS managed policies are judged only at the principals they are attached to.',
  service: 'iam',
  kind: 'policy',
  attributes: {
    ...grantsField,
    path: required(string, 'IAM path, `/` at the root.'),
    tags: required(map(string), 'Tags.'),
    statements: required(list(iamStatement), 'Statements of the default version; they carry neither policyName nor policyArn.'),
    attachmentCount: required(int, 'How many principals it is attached to.'),
    boundaryCount: required(int, 'How many principals use it as a permissions boundary.'),
  },
});

export type ManagedPolicyAttributes = AttributesOf<typeof iamManagedPolicy>;
