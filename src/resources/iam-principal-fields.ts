import { iamStatement } from './iam-statement.ts';
import { bool, list, object, optional, required, string, type Fields } from './shape.ts';

const iamAttachment = object('IamAttachment', {
  name: required(string, 'Name of the attached managed policy.'),
  arn: required(string, 'Its ARN.'),
});

/** On everything that carries statements, so that policies can be written once for all of them. */
export const grantsField = {
  boundaryOnly: required(
    bool,
    'A managed policy that is used as a permissions boundary and attached to nothing: it grants nothing. False for principals.',
  ),
  boundary: optional(string, 'ARN of the permissions boundary of a role or user; it grants nothing, so it is not among the statements.'),
} satisfies Fields;

/** What roles, users and groups have in common. */
export const principalFields = {
  ...grantsField,
  path: required(string, 'IAM path, `/` at the root.'),
  statements: required(
    list(iamStatement),
    'Statements of the inline policies and of the attached managed policies (their default versions); those of an attached one carry `policyArn`.',
  ),
  attachments: required(list(iamAttachment), 'Attached managed policies.'),
} satisfies Fields;
